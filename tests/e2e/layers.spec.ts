import path from "node:path";
import { expect } from "@playwright/test";
import { PEOPLE, test } from "../support/people";
import { assignAll, makeProject, openWork, readDataset, storeDocument } from "../support/study";

const file = path.join(import.meta.dirname, "../data/articles/corridor.txt");

test("relations, sentence labels and spans of several pieces are made with keys and undone", async ({
  as,
}) => {
  test.setTimeout(120_000);
  const lead = await as("lead");
  const project = await makeProject(lead, "Who says it", [PEOPLE.deniz], "Attribution and voice");
  await storeDocument(lead, project, file);
  await assignAll(lead, project, { documents: 1, annotators: 1 });
  const page = await as("deniz");
  const workspace = await openWork(page, project);
  const { article, editor } = workspace;

  await workspace.mark("she said", "2");
  await workspace.mark("The corridor", "3");
  await workspace.select("will open tomorrow");
  await page.keyboard.press("a");
  await expect(editor.locator("bdi").first()).toHaveText("“The corridor … will open tomorrow”");
  await workspace.mark("Transport Minister Oda Vestre", "1");

  await test.step("a relation leads from the source to its cue", async () => {
    const relations = page.getByRole("region", { name: "Relations" });
    await relations.getByRole("button", { name: "Source of" }).click();
    await article.focus();
    await page.keyboard.press("n");
    await page.keyboard.press("n");
    await page.keyboard.press("Enter");
    await expect(workspace.happened).toContainText("Linked to “she said”");
    await expect(relations.getByText("she said")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(relations.getByText("she said")).toHaveCount(0);
    await page.getByRole("button", { name: "Redo" }).click();
    await expect(relations.getByText("she said")).toBeVisible();
  });

  await test.step("the sentence at the cursor gets a label, shown before its first word", async () => {
    await workspace.click("Noting");
    await page
      .getByRole("group", { name: "Voice of the sentence" })
      .getByLabel("Direct quote")
      .check();
    await expect(article.locator(".unit-sign")).toHaveCount(1);
  });

  await workspace.isSaved();
  await page.reload();
  await expect(workspace.spans).toHaveCount(3);
  await expect(article.locator(".unit-sign")).toHaveCount(1);
});

test("the same words elsewhere are marked after a look at each, and found by searching", async ({
  as,
}) => {
  test.setTimeout(120_000);
  const lead = await as("lead");
  const project = await makeProject(lead, "Same words", [PEOPLE.ben]);
  await storeDocument(lead, project, file);
  await assignAll(lead, project, { documents: 1, annotators: 1 });
  const page = await as("ben");
  const workspace = await openWork(page, project);

  await workspace.article.focus();
  await page.keyboard.press("/");
  await page.getByLabel("Find").fill("liberated");
  await expect(page.getByText("2 found")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("1");
  await expect(workspace.editor).toContainText("liberated");

  await workspace.article.focus();
  await page.keyboard.press("Shift+R");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("checkbox")).toHaveCount(1);
  await expect(dialog).toContainText("Tarvenia liberated nine towns");
  await dialog.getByRole("button", { name: "Mark 1" }).click();
  await expect(workspace.spans).toHaveCount(2);
  await workspace.article.focus();
  await page.keyboard.press("Control+z");
  await expect(workspace.spans).toHaveCount(1);

  await test.step("a kept label goes to all words chosen", async () => {
    await page.keyboard.press("g");
    await workspace.select("occupation");
    await expect(workspace.spans).toHaveCount(2);
    await workspace.select("vowed");
    await expect(workspace.spans).toHaveCount(3);
    await page.getByRole("button", { name: "Stop" }).click();
    await workspace.select("defeat");
    await expect(page.getByRole("toolbar", { name: "Label these words" })).toBeVisible();
    await expect(workspace.spans).toHaveCount(3);
  });

  await test.step("a span is named as evidence for a frame, and the label keeps it", async () => {
    await workspace.spans
      .getByRole("button", { name: /liberated/ })
      .first()
      .click();
    await page.getByLabel("Security and defense").check();
    await page
      .getByRole("button", { name: "Take the selected span as evidence for Security and defense" })
      .click();
    const evidence = page.getByRole("list", { name: "Evidence" });
    await expect(evidence).toContainText("liberated");
    await workspace.isSaved();
    await page.reload();
    await expect(evidence).toContainText("liberated");
  });

  await test.step("a document that cannot be annotated is submitted as it is, with the reason", async () => {
    await page.getByLabel("Comment on the document").fill("The text is cut off.");
    await page.getByLabel(/Cannot be annotated/).check();
    await workspace.isSaved();
    await page.getByRole("button", { name: "Submit" }).click();
    await expect(page.getByText("Submitted. Thank you.")).toBeVisible();
  });
  expect(await readDataset(lead, project)).toHaveLength(3);
});
