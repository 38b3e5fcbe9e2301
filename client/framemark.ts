import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./schema";

/** Where the site is, and by what token one asks. `fetch` may be replaced, to log or to test. */
export type Settings = {
  site: string;
  token: string;
  fetch?: (request: Request) => Promise<Response>;
};

/** A page of a list, as the interface answers it. */
type Page<Item> = { items: Item[]; next: string | null };
type Answer<Item> = { data?: Page<Item>; error?: { title?: string } };

/** Longest wait that is believed, in seconds. */
const MOST_WAIT = 300;
const TRIES = 6;

/**
 * A typed client of the interface for programs. `api` knows each address with what it takes and answers;
 * `pages` goes through a list, page by page. What was too much at once, or not possible at the moment, is
 * asked again after as long as the answer says.
 */
export function createFramemark({ site, token, fetch = globalThis.fetch }: Settings): {
  api: Client<paths>;
  pages: typeof pages;
} {
  const api = createClient<paths>({
    baseUrl: new URL("/api/v1", site).href,
    headers: { authorization: `Bearer ${token}` },
    fetch: (request) => patiently(request, fetch),
  });
  return { api, pages };
}

/** All items of a list: `pages((after) => api.GET(path, { params: { path, query: { after } } }))`. */
async function* pages<Item>(
  ask: (after: string | undefined) => Promise<Answer<Item>>,
): AsyncGenerator<Item> {
  let after: string | undefined;
  do {
    const { data, error } = await ask(after);
    if (data === undefined) throw new Error(error?.title ?? "The list could not be read.");
    yield* data.items;
    after = data.next ?? undefined;
  } while (after !== undefined);
}

async function patiently(
  request: Request,
  fetch: (request: Request) => Promise<Response>,
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(request.clone());
    const wait = Number(answer.headers.get("retry-after"));
    const isLater = answer.status === 429 || answer.status === 503;
    if (!isLater || attempt === TRIES) return answer;
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000 * Math.min(Math.max(wait, 1), MOST_WAIT));
    });
  }
}
