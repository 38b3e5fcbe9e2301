import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { findBarriers } from "../support/barriers";
import { test } from "../support/people";

type Gold = {
  title: string;
  text: string;
  spans: { quote: string; ranges: [number, number][]; decision: string }[];
  contested: { reason: string; note: string; views: { annotators: string[] }[] }[];
};

test("a lead adjudicates an article of the demo by keyboard and takes the gold layer along", async ({
  as,
}) => {
  test.setTimeout(120_000);
  const page = await as("lead");
  const project = await projectOf(page);
  const card = page.getByRole("region", { name: "In question" });
  const heading = card.getByRole("heading");

  await test.step("it starts from the list, on the first dispute", async () => {
    await page.goto(`${project}/adjudication`);
    const row = page.getByRole("row", { name: /Sarravik falls silent/ });
    await expect(row).toContainText("not begun");
    await row.getByRole("button", { name: /^Start/ }).press("Enter");
    await page.waitForURL(/adjudication\/[0-9a-f-]{36}$/);
    await expect(heading).toContainText(/^1 of \d+/);
    await expect(card).toBeFocused();
    expect(await findBarriers(page)).toEqual([]);
  });

  await test.step("an option is accepted by its number, and taken back", async () => {
    const first = await heading.innerText();
    await page.keyboard.press("1");
    await expect(heading).not.toHaveText(first);
    await page.keyboard.press("k");
    await expect(card).toContainText("Decided: accepted");
    await page.keyboard.press("u");
    await expect(card).not.toContainText("Decided:");
    await page.keyboard.press("1");
  });

  await test.step("a contested item says why and keeps every view", async () => {
    await toSpan(page);
    const contested = await heading.innerText();
    await card.getByLabel("Why they differ").selectOption("ambiguous");
    await page.getByLabel("Note on this decision").fill("Two readings hold.");
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    await expect(heading).not.toHaveText(contested);
    await expect(page.getByText("1 contested")).toBeVisible();
  });

  await test.step("boundaries are moved by words, as the codebook allows", async () => {
    await toSpan(page);
    await page.keyboard.press("e");
    const words = card.locator("p.font-serif");
    const before = await words.innerText();
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(words).not.toHaveText(before);
    await page.keyboard.press("Enter");
    await expect(page.getByText("new boundaries").first()).toBeVisible();
  });

  await test.step("what is left is decided by rule, and by hand where the rule does not reach", async () => {
    await page.keyboard.press("b");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: /^Most votes/ }).check();
    await dialog.getByRole("button", { name: /^Decide [1-9]/ }).press("Enter");
    await expect(page.getByText(/items? decided by rule/).first()).toBeVisible();
    await card.focus();
    const left = page.getByRole("button", { name: /disputes? left/ });
    const decided = page.getByText(/^\d+ of \d+ items decided/);
    while ((await left.count()) > 0) {
      const before = await decided.innerText();
      await page.keyboard.press("g");
      await page.keyboard.press("c");
      await expect(decided).not.toHaveText(before);
    }
    const finish = page.getByRole("button", { name: "Finish", exact: true });
    if (await finish.isDisabled()) await page.keyboard.press("a");
    await finish.press("Enter");
    await expect(page.getByText(/^Finished: these decisions/)).toBeVisible();
  });

  await test.step("the gold layer holds the words it names and all views of what is contested", async () => {
    await page.goto(`${project}/adjudication`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download gold" }).click(),
    ]);
    const lines = readFileSync(await download.path(), "utf8")
      .trim()
      .split("\n");
    const gold = lines.map((line) => JSON.parse(line) as Gold);
    const article = gold.find(({ title }) => title.startsWith("Sarravik falls silent"));
    const characters = [...(article?.text ?? "")];
    expect(article?.spans.length).toBeGreaterThan(5);
    for (const { quote, ranges } of article?.spans ?? []) {
      const words = ranges.map(([start, end]) => characters.slice(start, end).join(""));
      expect(words.join(" … ")).toBe(quote);
    }
    const ambiguous = article?.contested.find(({ reason }) => reason === "ambiguous");
    expect(ambiguous?.note).toBe("Two readings hold.");
    expect(ambiguous?.views.flatMap(({ annotators }) => annotators).length).toBeGreaterThan(0);
  });
});

async function projectOf(page: Page): Promise<string> {
  await page.goto("/");
  const href = await page
    .getByRole("link", { name: "Ceasefire in the Sarrow valley" })
    .first()
    .getAttribute("href");
  return href ?? "";
}

/** Goes on to the next undecided mark in the text. */
async function toSpan(page: Page): Promise<void> {
  const edit = page.getByRole("button", { name: "Edit words" });
  const heading = page.getByRole("region", { name: "In question" }).getByRole("heading");
  while ((await edit.count()) === 0) {
    const before = await heading.innerText();
    await page.keyboard.press("g");
    await expect(heading).not.toHaveText(before);
  }
}
