import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
} from "@playwright/test";
import { query } from "./database-query";
import { test as base, PEOPLE, signIn } from "./people";
import { assignAll, makeProject } from "./study";
import { WorkspacePage } from "./workspace-page";

/** One article that nobody has worked on, assigned to Chiara. */
export type Work = { projectId: string; assignmentId: string };

const ARTICLES = 24;

/** Words that the tests mark; the number makes each article one of its own. */
function article(number: number): string {
  return [
    `Harbour report ${number}: council slashed the night ferry`,
    `The council slashed the night ferry on Monday, officials said. Critics called the move a reckless gamble with the future of the island, and pier ${number} stayed empty.`,
    "The operator insisted that the timetable was sensible. “We listened to every passenger,” director Mara Ilves vowed at the quay.",
    `Two smaller lines will sail on. Their ${number + 20} crew members were told on Friday, according to the harbour office.`,
  ].join("\n\n");
}

type WorkerFixtures = { desk: { works: Work[]; chiara: Awaited<ReturnType<typeof stateOf>> } };
type Fixtures = {
  work: Work;
  /** A browser of its own in which Chiara is signed in. */
  chiara: (options?: BrowserContextOptions) => Promise<BrowserContext>;
};

/** Each test gets an article of its own; a worker's articles are in a project of its own. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  desk: [
    async ({ browser }, use, worker) => {
      const lead = await signedIn(browser, PEOPLE.lead);
      const works = await makeWorks(lead.pages()[0] as Page, `Harbour ${worker.workerIndex}`);
      await lead.close();
      const chiara = await signedIn(browser, PEOPLE.chiara);
      await use({ works, chiara: await stateOf(chiara) });
      await chiara.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  work: async ({ desk }, use) => {
    const work = desk.works.shift();
    if (work === undefined) throw new Error("All articles are used; raise ARTICLES.");
    await use(work);
  },
  chiara: async ({ desk, browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await newContext(browser, { storageState: desk.chiara, ...options });
      contexts.push(context);
      return context;
    });
    for (const context of contexts) await context.close();
  },
});

/** The workspace of an assignment in a new tab, with nothing unsaved. */
export async function openTab(
  context: BrowserContext,
  { assignmentId }: Work,
): Promise<WorkspacePage> {
  const page = await context.newPage();
  await page.goto(`/assignments/${assignmentId}`);
  const workspace = new WorkspacePage(page);
  await expect(workspace.article).toBeVisible();
  return workspace;
}

/** Asks the database of the server under test. */
export function ask<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return query(process.env.FRAMEMARK_TEST_DATABASE ?? "", sql, values) as Promise<Row[]>;
}

/** Words and labels of the spans that the server holds, in order of the text. */
export async function storedSpans({ assignmentId }: Work): Promise<string[]> {
  const rows = await ask<{ words: string }>(
    `SELECT array_to_string(x.quotes, ' … ') || ': ' || x.label_key AS words
       FROM span x JOIN annotation_set s ON s.project_id = x.project_id AND s.id = x.annotation_set_id
      WHERE s.assignment_id = $1 AND NOT x.is_removed ORDER BY x.start, x."end" DESC`,
    [assignmentId],
  );
  return rows.map((row) => row.words);
}

/** Kinds of the operations that the server holds, in its order; superseded ones say so. */
export async function storedLog({ assignmentId }: Work): Promise<string[]> {
  const rows = await ask<{ kind: string }>(
    `SELECT o.kind || CASE o.outcome WHEN 'applied' THEN '' ELSE ', ' || o.outcome END AS kind
       FROM operation o JOIN annotation_set s
         ON s.project_id = o.project_id AND s.id = o.annotation_set_id
      WHERE s.assignment_id = $1 ORDER BY o.revision`,
    [assignmentId],
  );
  return rows.map((row) => row.kind);
}

/** How many operations wait in this browser's own database, of all documents. */
export function waitingIn(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open("framemark-outbox");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const counting = database.transaction("waiting").objectStore("waiting").count();
          counting.onsuccess = () => {
            database.close();
            resolve(counting.result);
          };
        };
      }),
  );
}

async function signedIn(browser: Browser, email: string): Promise<BrowserContext> {
  const context = await newContext(browser);
  await signIn(await context.newPage(), email);
  return context;
}

export function newContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: `http://127.0.0.1:${process.env.FRAMEMARK_TEST_PORT}`,
    viewport: { width: 1280, height: 900 },
    ...options,
  });
}

function stateOf(context: BrowserContext) {
  return context.storageState();
}

async function makeWorks(lead: Page, name: string): Promise<Work[]> {
  const project = await makeProject(lead, name, [PEOPLE.chiara]);
  await lead.goto(`${project}/documents/new`);
  await lead.getByLabel("Choose files").setInputFiles(
    Array.from({ length: ARTICLES }, (_, number) => ({
      name: `harbour-${number}.txt`,
      mimeType: "text/plain",
      buffer: Buffer.from(article(number)),
    })),
  );
  await lead.getByRole("button", { name: `Store ${ARTICLES} documents` }).click();
  await expect(lead.getByText(`${ARTICLES} documents stored`).first()).toBeVisible({
    timeout: 60_000,
  });
  await assignAll(lead, project, { documents: ARTICLES, annotators: 1 });
  const projectId = project.split("/").at(-1) ?? "";
  return ask<Work>(
    `SELECT project_id AS "projectId", id AS "assignmentId" FROM assignment
      WHERE project_id = $1 ORDER BY created_at, id`,
    [projectId],
  );
}
