import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "@playwright/test";
import { PEOPLE, test } from "../support/people";
import { assignAll, makeProject, openWork, readDataset, storeDocument } from "../support/study";

const cases = [
  {
    name: "emoji of every kind",
    file: "emoji.txt",
    marks: ["👩🏽‍🚒 crew’s", "reckless plan", "naïve betrayal", "festival of hate", "brutal purge"],
  },
  {
    name: "right-to-left text with Latin names",
    file: "hebrew.txt",
    marks: ["שיחררו", "הניצחון", "הכיבוש", "משרד ההגנה"],
  },
];

for (const { name, file, marks } of cases) {
  test(`offsets are right in ${name}`, async ({ as }) => {
    test.setTimeout(120_000);
    const source = path.join(import.meta.dirname, "../data/articles", file);
    const lead = await as("lead");
    const project = await makeProject(lead, `Offsets: ${name}`, [PEOPLE.deniz]);
    await storeDocument(lead, project, source);
    await assignAll(lead, project, { documents: 1, annotators: 1 });
    const page = await as("deniz");
    const workspace = await openWork(page, project);
    for (const words of marks) await workspace.mark(words, "2");
    await expect(workspace.spans).toHaveCount(marks.length);
    await workspace.isSaved();
    await page.reload();
    for (const words of marks) {
      await expect(workspace.spans.filter({ hasText: words }).first()).toBeVisible();
    }
    await page.getByRole("button", { name: "Submit" }).click();
    await expect(page.getByText("Submitted. Thank you.")).toBeVisible();

    const points = [...readFileSync(source, "utf8").normalize("NFC")];
    const spans = await readDataset(lead, project);
    expect(spans.map((span) => span.quote).sort()).toEqual([...marks].sort());
    for (const span of spans) {
      expect(points.slice(span.start, span.end).join("")).toBe(span.quote);
    }
  });
}
