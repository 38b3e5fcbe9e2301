import path from "node:path";
import { runNode } from "../../../scripts/run-node.mjs";
import type { MortalServer } from "./mortal-server";

/** One person's work on one article. */
export type Workplace = { email: string; assignmentId: string; setId: string; textSha256: string };

export const PASSWORD = "harbour lantern 47";

const prepare = path.join(import.meta.dirname, "prepare-process.ts");

/** Five people, each with the article, in a database that has only its tables. */
export async function makeWorkplaces(databaseUrl: string): Promise<Workplace[]> {
  const printed: string[] = [];
  await runNode(["--conditions=react-server", "--import", "tsx", prepare], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    onOutput: (line) => printed.push(line),
  });
  return JSON.parse(printed.at(-1) ?? "[]") as Workplace[];
}

/** Signs a person in as their browser would; answers the cookies to send. */
export async function signIn(server: MortalServer, email: string): Promise<string> {
  return server.kind === "product"
    ? signInByForm(server.address, email)
    : signInAt(`${server.address}/sign-in`, server.address, {
        type: "application/json",
        body: JSON.stringify({ email, password: PASSWORD }),
      });
}

async function signInByForm(address: string, email: string): Promise<string> {
  const page = await fetch(`${address}/api/auth/csrf`);
  const { csrfToken } = (await page.json()) as { csrfToken: string };
  const form = new URLSearchParams({ csrfToken, email, password: PASSWORD, json: "true" });
  const cookies = cookiesOf(page);
  return `${cookies}; ${await signInAt(`${address}/api/auth/callback/credentials`, address, {
    type: "application/x-www-form-urlencoded",
    body: form.toString(),
    cookies,
  })}`;
}

async function signInAt(
  url: string,
  origin: string,
  { type, body, cookies = "" }: { type: string; body: string; cookies?: string },
): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { origin, "content-type": type, cookie: cookies },
    body,
  });
  const given = cookiesOf(response);
  if (!given.includes("session")) throw new Error(`Not signed in: ${await response.text()}`);
  return given;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
