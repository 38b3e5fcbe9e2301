import { randomUUID } from "node:crypto";
import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { ask, newContext } from "./desk";
import { readWork } from "./stored-work";

/** Label and words; the words are taken where they first stand in the text. */
export type Marks = [label: string, words: string][];

/** Adds somebody new to a project, who follows their one-time link and is signed in. */
export async function join(
  browser: Browser,
  lead: Page,
  { project, email, name }: { project: string; email: string; name: string },
): Promise<{ context: BrowserContext; page: Page }> {
  await lead.goto(`${project}/people`);
  await lead.getByLabel("E-mail").fill(email);
  await lead.getByRole("button", { name: "Add", exact: true }).click();
  const link = await lead.getByLabel("One-time link").inputValue();
  const context = await newContext(browser);
  const page = await context.newPage();
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("New password").fill(`quay lantern ${email}`);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await expect(page.getByRole("heading", { name: "Your work" })).toBeVisible();
  return { context, page };
}

export type Work = { assignmentId: string; title: string };

/** What somebody has to annotate in a round, by their name, in the order of the documents. */
export function workOf(project: string, round: string, name: string): Promise<Work[]> {
  return ask<Work>(
    `SELECT a.id AS "assignmentId", d.title
       FROM assignment a
       JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
       JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
       JOIN "user" u ON u.id = n.user_id
       JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
      WHERE a.project_id = $1 AND r.name = $2 AND u.name = $3 AND a.withdrawn_at IS NULL
      ORDER BY d.seq`,
    [project.split("/").at(-1), round, name],
  );
}

/** Annotates and submits over the API, as the page of the signed-in person would. */
export async function annotate(
  { page }: { page: Page },
  { assignmentId }: Work,
  marks: Marks,
): Promise<void> {
  const { document } = await readWork(assignmentId);
  const changes = [
    ...marks.map(([label, words]) => addSpan(document.text, label, words)),
    { kind: "submit" },
  ];
  const origin = `http://127.0.0.1:${process.env.FRAMEMARK_TEST_PORT}`;
  const answer = await page.request.post(`/api/v1/assignments/${assignmentId}/operations`, {
    headers: { origin },
    data: {
      clientId: randomUUID(),
      textSha256: document.textSha256,
      baseRevision: 0,
      activeSeconds: 60,
      operations: changes.map((change) => ({
        id: randomUUID(),
        gestureId: randomUUID(),
        madeAt: new Date().toISOString(),
        change,
      })),
    },
  });
  const { results, submitted } = (await answer.json()) as {
    results: { outcome: string; message?: string }[];
    submitted: boolean;
  };
  expect(results.filter(({ outcome }) => outcome !== "applied")).toEqual([]);
  expect(submitted).toBe(true);
}

function addSpan(text: string, label: string, words: string) {
  const at = text.indexOf(words);
  if (at === -1) throw new Error(`“${words}” is not in the text.`);
  const start = [...text.slice(0, at)].length;
  return {
    kind: "add_span",
    span: {
      id: randomUUID(),
      layer: "span",
      label,
      ranges: [{ start, end: start + [...words].length, quote: words }],
      // Loaded language is not complete without its voice.
      attributes: label === "loaded_language" ? { voice: "narrator" } : {},
      flags: [],
      origin: "manual",
    },
  };
}
