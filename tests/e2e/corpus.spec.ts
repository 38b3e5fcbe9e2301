import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { findBarriers } from "../support/barriers";
import { PEOPLE, test } from "../support/people";
import { assignAll, makeProject, openWork, storeDocument } from "../support/study";

const file = path.join(import.meta.dirname, "../data/articles/corridor.txt");

test("a lead finds, describes and corrects an article, and an annotator's marks follow", async ({
  as,
}) => {
  test.setTimeout(120_000);
  const lead = await as("lead");
  const project = await makeProject(lead, "A corrected article", [PEOPLE.deniz]);
  await storeDocument(lead, project, file);

  await test.step("it is found by a word of its text, chosen and described by keys, and given back", async () => {
    await lead.goto(`${project}/documents`);
    await lead.getByRole("searchbox", { name: "Search" }).fill("corridors");
    await lead.getByRole("button", { name: "Apply" }).click();
    await lead.waitForURL(/search=corridors/);
    const row = lead.getByRole("row").nth(1);
    await row.focus();
    await lead.keyboard.press("Space");
    await expect(lead.getByText("1 document chosen")).toBeVisible();
    await lead.getByRole("button", { name: "Set facts…" }).click();
    await lead.getByLabel("Value").fill("The Harbour Post");
    await lead.keyboard.press("Enter");
    await expect(lead.getByRole("cell", { name: "The Harbour Post" })).toBeVisible();
    await lead.getByRole("button", { name: "Undo" }).click();
    await expect(lead.getByRole("cell", { name: "The Harbour Post" })).toHaveCount(0);
    await isAccessible(lead);
  });

  await test.step("the role of a line is set by a letter", async () => {
    await lead.getByRole("row").nth(1).getByRole("link").first().click();
    await lead.waitForURL(/documents\/[0-9a-f-]{36}/);
    const line = lead.getByRole("list", { name: "Lines of the text" }).getByRole("listitem").nth(1);
    const before = await line.getByRole("combobox").inputValue();
    await line.focus();
    await lead.keyboard.press("c");
    await expect(line.getByRole("combobox")).toHaveValue("caption");
    await lead.getByRole("button", { name: "Undo" }).click();
    await expect(line.getByRole("combobox")).toHaveValue(before);
    await isAccessible(lead);
  });
  const address = new URL(lead.url()).pathname;

  await assignAll(lead, project, { documents: 1, annotators: 1 });
  const page = await as("deniz");
  const workspace = await openWork(page, project);
  await workspace.mark("The corridor", "1");
  await workspace.isSaved();

  await test.step("a correction shows what follows before it is made", async () => {
    await lead.goto(`${address}/correct`);
    const first = lead.getByLabel("Text of line 1", { exact: true });
    await first.fill(`Corrected: ${await first.inputValue()}`);
    await lead.getByRole("button", { name: "Show what follows" }).click();
    await expect(lead.getByRole("region", { name: "What follows" })).toContainText(
      "1 mark follows",
    );
    await isAccessible(lead);
    await lead.getByRole("button", { name: "Make version 2" }).click();
    await lead.waitForURL(new RegExp(`${address}$`));
    await expect(lead.getByText("Version 2", { exact: true })).toBeVisible();
  });

  await test.step("the annotator finds the mark in the new text", async () => {
    await page.reload();
    await expect(workspace.article).toContainText("Corrected:");
    await expect(workspace.spans).toHaveCount(1);
    await expect(workspace.spans.first()).toContainText("The corridor");
  });

  await test.step("the text before comes back, and the mark with it", async () => {
    await lead.getByRole("button", { name: "Take back version 2" }).click();
    await expect(lead.getByText("Version 3, back to the text before")).toBeVisible();
    await page.reload();
    await expect(workspace.article).not.toContainText("Corrected:");
    await expect(workspace.spans).toHaveCount(1);
  });
});

test("what outlets wrote on one event stands side by side, and one below the other on a phone", async ({
  as,
}) => {
  const lead = await as("lead");
  await lead.goto("/");
  await lead.getByRole("link", { name: "Ceasefire in the Sarrow valley" }).first().click();
  await lead.waitForURL(/projects\/[0-9a-f-]{36}/);
  await lead
    .getByRole("navigation", { name: "Project" })
    .getByRole("link", { name: "Events" })
    .click();
  await lead.getByRole("region", { name: "Events" }).getByRole("link").first().click();
  const articles = lead.getByRole("region", { name: "Coverage" }).getByRole("article");
  await expect(articles).toHaveCount(3);
  const places = async () =>
    articles.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON()));
  const [a, b] = await places();
  expect(b.left).toBeGreaterThan(a.right - 2);
  await isAccessible(lead);
  await lead.setViewportSize({ width: 360, height: 740 });
  const [c, d] = await places();
  expect(d.top).toBeGreaterThan(c.bottom - 2);
  expect(await lead.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

async function isAccessible(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([]);
}
