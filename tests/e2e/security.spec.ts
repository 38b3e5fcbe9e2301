import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { query } from "../support/database-query";
import { hostileContent, MARKUP, TEXT_COLUMNS } from "../support/hostile-content";
import { demoPassword, PEOPLE, signIn } from "../support/people";
import { type Server, startServer, temporaryData } from "../support/server";

const app = path.resolve(import.meta.dirname, "..", "..", "app");

/** Every page of the product, as a pattern such as /projects/[projectId]. */
function pagePatterns(): string[] {
  return readdirSync(app, { recursive: true })
    .map((file) => String(file).split(path.sep).join("/"))
    .filter((file) => file.endsWith("/page.tsx") || file === "page.tsx")
    .map((file) => `/${file}`.replace(/\/\([^)]*\)/g, "").replace(/\/page\.tsx$/, "") || "/")
    .sort();
}

/** What ran or got into the page that must not. Empty is good. */
async function intrusions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    if ("__xss" in window) found.push("a script ran");
    for (const selector of [
      'img[src="x"]',
      "svg[onload]",
      'a[href^="javascript:" i]',
      "iframe",
      "[onerror]",
      "[onload]",
      "[onclick]",
    ]) {
      if (document.querySelector(selector) !== null) found.push(selector);
    }
    return found;
  });
}

test("no page runs or draws markup that stands in a name, a title, a text or a note", async ({
  browser,
}) => {
  test.setTimeout(400_000);
  const { data, remove } = temporaryData();
  const server = await startServer({ entry: "product", data });
  try {
    const places = await fillWithMarkup(server);
    const patterns = pagePatterns();
    expect(patterns.length).toBeGreaterThan(40);
    const violations: string[] = [];
    const visited: string[] = [];
    for (const person of ["admin", "ana"] as const) {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      page.on("console", (message) => {
        const isKnown = /inline style/.test(message.text()) && UNSTYLED.test(page.url());
        if (/Content Security Policy/i.test(message.text()) && !isKnown) {
          violations.push(`${page.url()}: ${message.text()}`);
        }
      });
      page.on("dialog", (dialog) => {
        violations.push(`a dialog on ${page.url()}: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await signIn(page, PEOPLE[person], demoPassword(data));
      for (const pattern of patterns) {
        const address = pattern.replace(/\[(\w+)\]/g, (_, name) => places[name] ?? "missing");
        const answer = await page.goto(address, { waitUntil: "load" });
        expect(answer?.status(), `${person} at ${address}`).toBeLessThan(500);
        expect(await intrusions(page), `${person} at ${address}`).toEqual([]);
        if (answer?.status() === 200) visited.push(pattern);
      }
      await context.close();
    }
    expect(violations).toEqual([]);
    const unseen = patterns.filter((pattern) => !visited.includes(pattern));
    expect(unseen.filter((pattern) => !NOT_IN_THE_DEMO.includes(pattern))).toEqual([]);
  } finally {
    await server.stop();
    remove();
  }
});

test("the look for intrusions finds what was planted", async ({ page }) => {
  await page.goto("/sign-in");
  expect(await intrusions(page)).toEqual([]);
  const refused: string[] = [];
  page.on("console", (message) => refused.push(message.text()));
  await page.evaluate((markup) => {
    const place = document.createElement("div");
    place.innerHTML = markup;
    document.body.append(place);
  }, MARKUP);
  expect(await intrusions(page)).toEqual(expect.arrayContaining(['img[src="x"]', "svg[onload]"]));
  await expect.poll(() => refused.join("\n")).toMatch(/Content Security Policy/i);
  await page.evaluate(() => Object.assign(window, { __xss: 1 }));
  expect(await intrusions(page)).toContain("a script ran");
});

/** A style of a library that the policy takes away here, with or without markup in words (docs/security.md). */
const UNSTYLED = /\/codebook\/draft$/;

/** Pages of what the demo has none of, or that need a choice; each is asked for all the same, and answers that it is not there. */
const NOT_IN_THE_DEMO = [
  "/join/[projectId]/decisions/[assignmentId]",
  "/join/[projectId]/training/[assignmentId]",
  "/projects/[projectId]/adjudication/[adjudicationId]",
  "/projects/[projectId]/api/webhooks/[webhookId]",
  "/projects/[projectId]/agreement/spans",
  "/projects/[projectId]/documents/new/[importId]",
  "/projects/[projectId]/events/[eventId]/answers",
  "/projects/[projectId]/releases/[releaseId]",
];

/** Puts markup into every field for words that the database has; answers where things are. */
async function fillWithMarkup({ databaseUrl }: Server): Promise<Record<string, string>> {
  const ask = (sql: string, values: unknown[] = []) => query(databaseUrl, sql, values);
  const [place] = await ask(
    `SELECT p.id AS "projectId", u.id AS "userId",
            (SELECT d.id FROM document d WHERE d.project_id = p.id ORDER BY d.id LIMIT 1) AS "documentId",
            (SELECT e.id FROM event e WHERE e.project_id = p.id LIMIT 1) AS "eventId",
            (SELECT r.id FROM round r WHERE r.project_id = p.id LIMIT 1) AS "roundId",
            (SELECT a.id FROM assignment a JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
              WHERE a.project_id = p.id AND n.user_id = u.id AND a.withdrawn_at IS NULL LIMIT 1) AS "assignmentId"
       FROM project p, "user" u WHERE u.email = $1 LIMIT 1`,
    [PEOPLE.ana],
  );
  const discussionId = crypto.randomUUID();
  await ask(
    `INSERT INTO discussion (project_id, id, title, document_id, created_by_id) VALUES ($1, $2, 'A question', $3, $4)`,
    [place?.projectId, discussionId, place?.documentId, place?.userId],
  );
  await ask(
    `INSERT INTO discussion_message (project_id, id, discussion_id, author_id, body) VALUES ($1, $2, $3, $4, 'What?')`,
    [place?.projectId, crypto.randomUUID(), discussionId, place?.userId],
  );
  const columns = await ask(
    `SELECT c.table_name AS "table", c.column_name AS "column" FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND c.data_type = 'text' AND t.table_type = 'BASE TABLE'
        AND c.column_name = ANY($1)`,
    [TEXT_COLUMNS],
  );
  expect(columns.length).toBeGreaterThan(20);
  for (const { table, column } of columns) {
    // In one statement each: what is kept for ever is changed too, which only the owner of the database can.
    await ask(
      `DO $do$ BEGIN
         SET LOCAL session_replication_role = replica;
         UPDATE "${table}" SET "${column}" = CASE WHEN length("${column}") = 0 THEN '' ELSE "${column}" || ' ' END
           || $markup$${MARKUP}$markup$ WHERE "${column}" IS NOT NULL;
       END $do$`,
    );
  }
  const versions = await ask(`SELECT project_id, id, content FROM codebook_version`);
  for (const { project_id, id, content } of versions) {
    await ask(
      `DO $do$ BEGIN SET LOCAL session_replication_role = replica;
         UPDATE codebook_version SET content = $content$${JSON.stringify(hostileContent(content))}$content$::jsonb
          WHERE project_id = '${project_id}' AND id = '${id}';
       END $do$`,
    );
  }
  return { ...place, discussionId, secret: "no-such-link" };
}
