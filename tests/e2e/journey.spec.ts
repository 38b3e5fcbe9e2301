import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { PEOPLE, test } from "../support/people";
import { assignAll, makeProject, openWork, readDataset, storeDocument } from "../support/study";
import type { WorkspacePage } from "../support/workspace-page";

/** One mark: words, the label's key, and the voice where the label asks for it. */
type Mark = { words: string; key: string; occurrence?: number; voice?: string };
type Corpus = { name: string; file: string; first: Mark[]; second: Mark[] };

const narrator = "Outlet's voice";

const own: Corpus = {
  name: "an article of our own",
  file: path.join(import.meta.dirname, "../data/articles/corridor.txt"),
  first: [
    { words: "freed", key: "1", voice: narrator },
    { words: "Upper Sarrow", key: "2" },
    { words: "recalled", key: "7" },
    { words: "liberated", key: "1", voice: "Ambiguous blend" },
    { words: "Oskelland's occupation", key: "2" },
    { words: "Noting that", key: "7" },
    { words: "a great contribution", key: "5" },
    { words: "vowed", key: "7" },
    { words: "Tarvenian brothers", key: "5" },
    { words: "End of a generation of occupation", key: "3" },
    { words: "new clashes erupted", key: "4" },
    { words: "humanitarian", key: "1", voice: narrator },
    { words: "liberated", key: "1", occurrence: 1, voice: narrator },
    { words: "according to", key: "7" },
    { words: "is seen as", key: "7" },
    { words: "victory", key: "1", voice: "Unnamed source" },
  ],
  second: [
    { words: "Upper Sarrow", key: "2" },
    { words: "liberated", key: "1", voice: "Indirect speech" },
    { words: "occupation", key: "2" },
    { words: "great contribution", key: "1", voice: "Direct quote" },
    { words: "vowed", key: "7" },
    { words: "our Tarvenian brothers", key: "5" },
    { words: "two rivers and one sea", key: "5" },
    { words: "occupied the Sarrow valley", key: "6" },
    { words: "clashes erupted", key: "4" },
    { words: "liberated", key: "1", voice: narrator },
    { words: "three-decade-long occupation", key: "3" },
    { words: "according to the Tarvenian Defence Ministry", key: "7" },
    { words: "victory", key: "1", voice: "Unnamed source" },
    { words: "defeat", key: "1", voice: "Unnamed source" },
  ],
};

const seed: Corpus = {
  name: "the article that the project starts from",
  file: path.join(import.meta.dirname, "../../../shared/seed/article.txt"),
  first: [
    { words: "Upper Karabakh", key: "2" },
    { words: "recalled", key: "7" },
    { words: "peace deal", key: "2" },
    { words: "liberated", key: "1", voice: "Ambiguous blend" },
    { words: "Armenia's occupation", key: "2" },
    { words: "great contributions", key: "5" },
    { words: "vowed", key: "7" },
    { words: "Azerbaijani brothers/sisters", key: "5" },
    { words: "the concept of one nation and two states", key: "5" },
    { words: "End of decades-long Armenian occupation", key: "3" },
    { words: "new clashes erupted", key: "4" },
    { words: "humanitarian", key: "1", voice: narrator },
    { words: "liberated", key: "1", occurrence: 1, voice: narrator },
    { words: "is seen as", key: "7" },
    { words: "victory", key: "1", voice: "Unnamed source" },
  ],
  second: [
    { words: "Upper Karabakh", key: "2" },
    { words: "liberated", key: "1", voice: "Indirect speech" },
    { words: "occupation", key: "2" },
    { words: "vowed", key: "7" },
    { words: "defend the rights of Azerbaijani people", key: "5" },
    { words: "brothers/sisters", key: "1", voice: "Direct quote" },
    { words: "have been tense since 1991", key: "6" },
    { words: "clashes erupted", key: "4" },
    { words: "44-day conflict", key: "2" },
    { words: "liberated", key: "1", voice: narrator },
    { words: "nearly three-decade-long occupation", key: "3" },
    { words: "according to", key: "7" },
    { words: "victory", key: "1", voice: "Unnamed source" },
    { words: "defeat", key: "1", voice: "Unnamed source" },
  ],
};

const corpora = existsSync(seed.file) ? [own, seed] : [own];

for (const corpus of corpora) {
  test(`two annotators agree and differ on ${corpus.name}, and every offset leads back to its words`, async ({
    as,
  }) => {
    test.setTimeout(180_000);
    const text = readFileSync(corpus.file, "utf8");
    const lead = await as("lead");
    const project = await makeProject(lead, `Journey on ${corpus.name}`, [
      PEOPLE.chiara,
      PEOPLE.deniz,
    ]);
    await storeDocument(lead, project, corpus.file);
    await assignAll(lead, project, { documents: 1, annotators: 2 });

    const [mouse, keys] = await Promise.all([as("chiara"), as("deniz")]);
    await annotateByMouse(await openWork(mouse, project), corpus.first);
    await annotateByKeys(await openWork(keys, project), corpus.second);

    await lead.goto(`${project}/agreement`);
    await expect(lead.getByRole("heading", { name: "Agreement", exact: true })).toBeVisible();
    await expect(lead.getByText(/1 of 1 document/).first()).toBeVisible();
    await expect(lead.getByRole("rowheader", { name: /Loaded language/ }).first()).toBeVisible();

    const records = await readDataset(lead, project);
    const marks = [...corpus.first, ...corpus.second];
    expect(records.map((record) => record.quote).sort()).toEqual(
      marks.map((mark) => mark.words).sort(),
    );
    const points = [...text.normalize("NFC")];
    for (const record of records) {
      expect(points.slice(record.start, record.end).join("")).toBe(record.quote);
      expect(record.pseudonym).toMatch(/^A-/);
    }
    const places = records
      .filter((record) => record.quote === "liberated")
      .map((each) => each.start);
    expect(new Set(places)).toEqual(new Set(placesOf("liberated", text)));
  });
}

async function annotateByMouse(workspace: WorkspacePage, marks: Mark[]): Promise<void> {
  for (const { words, key, occurrence, voice } of marks) {
    await workspace.mark(words, key, occurrence);
    await expect(workspace.editor).toContainText(words);
    if (voice !== undefined) await workspace.answer(/^Voice/, voice);
  }
  await workspace.page.getByLabel("Security and defense").check();
  await workspace.page
    .getByRole("group", { name: /Overall slant/ })
    .getByLabel("Clear")
    .check();
  await expect(workspace.spans).toHaveCount(marks.length);
  await workspace.isSaved();
  await workspace.page.reload();
  await expect(workspace.spans).toHaveCount(marks.length);
  await workspace.page.getByRole("button", { name: "Submit" }).click();
  await expect(workspace.page.getByText("Submitted. Thank you.")).toBeVisible();
}

/** No pointer at all: Tab to the text, arrows, label keys, Enter to the questions, Escape back. */
async function annotateByKeys(workspace: WorkspacePage, marks: Mark[]): Promise<void> {
  const { page } = workspace;
  await workspace.article.focus();
  await page.keyboard.press("Control+Home");
  for (const { words, key, voice } of marks) {
    await workspace.selectByKeys(words);
    await page.keyboard.press(key);
    await expect(workspace.editor).toContainText(words);
    if (voice !== undefined) await chooseByKeys(page, voice);
    await page.keyboard.press("ArrowRight");
  }
  await expect(workspace.spans).toHaveCount(marks.length);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Submitted. Thank you.")).toBeVisible();
}

/** From the text into the questions, to the wanted answer, and back. */
async function chooseByKeys(page: Page, answer: string): Promise<void> {
  await page.keyboard.press("Enter");
  const option = page.getByRole("radio", { name: answer, exact: true });
  const group = page.getByRole("group", { name: /^Voice/ });
  for (let steps = 0; steps < 30; steps++) {
    if ((await group.locator(":focus").count()) > 0) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Space");
  for (let steps = 0; steps < 12 && !(await option.isChecked()); steps++) {
    await page.keyboard.press("ArrowDown");
  }
  await expect(option).toBeChecked();
  await page.keyboard.press("Escape");
}

/** Code point offsets of every place where a word stands. */
function placesOf(word: string, text: string): number[] {
  const normal = text.normalize("NFC");
  return [...normal.matchAll(new RegExp(word, "g"))].map(
    (match) => [...normal.slice(0, match.index)].length,
  );
}
