import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { findBarriers } from "../support/barriers";
import { test } from "../support/people";
import { assignAll, makeProject, openWork, storeDocument } from "../support/study";

const article = path.join(import.meta.dirname, "../data/articles/corridor.txt");

test("a lead drafts a version by keyboard and publishes it; annotators go on by it, and no mark is lost", async ({
  as,
}) => {
  test.setTimeout(180_000);
  const lead = await as("lead");
  const deniz = await as("deniz");
  const project = await makeProject(lead, `Codebook ${Date.now()}`, ["deniz@example.org"]);
  await storeDocument(lead, project, article);
  await assignAll(lead, project, { documents: 1, annotators: 1 });
  const before = await openWork(deniz, project);
  await before.mark("a great contribution", "5");
  await before.mark("Upper Sarrow", "2");
  await before.isSaved();

  await test.step("the draft begins with a template", async () => {
    await lead.goto(`${project}/codebook`);
    await lead.getByRole("link", { name: "New version" }).click();
    await lead.getByLabel("Search templates").fill("starter");
    await lead.getByRole("button", { name: /^Start from it: Starter scheme/ }).click();
    await expect(row(lead, "Naming")).toBeVisible();
  });

  await test.step("a label is defined anew, and it is saved by itself", async () => {
    await row(lead, "Naming").click();
    await lead.getByLabel("Name", { exact: true }).fill("Naming of sides");
    await lead.getByLabel("Definition").fill("A name that one side of the dispute gives.");
    await expect(row(lead, "Naming of sides")).toBeVisible();
    await expect(saving(lead)).toHaveText("Saved as a draft");
  });

  await test.step("it moves up by keyboard and keeps the focus; undo takes it back", async () => {
    const names = () => lead.getByRole("treegrid").getByRole("row").allTextContents();
    const started = await names();
    await row(lead, "Naming of sides").press("Alt+ArrowUp");
    await expect.poll(names).not.toEqual(started);
    await expect(row(lead, "Naming of sides")).toBeFocused();
    await row(lead, "Naming of sides").press("Control+z");
    await expect.poll(names).toEqual(started);
    await row(lead, "Naming of sides").press("Control+y");
    await expect.poll(names).not.toEqual(started);
  });

  await test.step("a key that another label has is told, and mended", async () => {
    const key = lead.getByLabel("Keyboard key");
    await row(lead, "Agency").click();
    await key.fill("5");
    const advice = lead.getByRole("region", { name: "Problems and advice" });
    const conflict = advice.getByRole("button", { name: /The key 5 / }).first();
    await expect(conflict).toBeVisible();
    await key.fill("4");
    await expect(conflict).toBeHidden();
  });

  await test.step("a label in use is archived", async () => {
    await row(lead, "Appeal or slogan").click();
    await lead.getByRole("button", { name: "Archive" }).click();
    await expect(row(lead, "Appeal or slogan")).toContainText("archived");
  });

  await test.step("the preview marks by the label's key", async () => {
    const sample = lead.getByRole("group", { name: "Sample article" });
    await sample.focus();
    for (const key of ["ArrowRight", "ArrowRight", "Shift+ArrowRight", "1"]) {
      await sample.press(key);
    }
    await expect(lead.getByRole("region", { name: "Selected mark" })).toContainText(
      "“rams through”",
    );
    expect(await findBarriers(lead)).toEqual([]);
  });

  await test.step("what another window saved is joined with what is typed here", async () => {
    const other = await lead.context().newPage();
    await other.goto(`${project}/codebook/draft`);
    await row(other, "Presupposition").click();
    await other.getByLabel("Definition").fill("Taken for granted, not said.");
    await expect(saving(other)).toHaveText("Saved as a draft");
    await other.close();
    await row(lead, "Slanted information").click();
    await lead.getByLabel("Definition").fill("True, and told for its effect.");
    await expect(saving(lead)).toHaveText("Saved as a draft");
    await row(lead, "Presupposition").click();
    await expect(lead.getByLabel("Definition")).toHaveValue("Taken for granted, not said.");
  });

  await test.step("the last look says in words what is new, and it is published", async () => {
    await lead.getByRole("link", { name: /Review and publish/ }).click();
    await expect(
      lead.getByText(/“Naming” is (now )?called “Naming of sides”|“Naming of sides”/).first(),
    ).toBeVisible();
    await expect(lead.getByText("A name that one side of the dispute gives.")).toBeVisible();
    await expect(lead.getByText("True, and told for its effect.")).toBeVisible();
    expect(await findBarriers(lead)).toEqual([]);
    await lead.getByRole("button", { name: "Publish version 2" }).click();
    await expect(lead.getByRole("heading", { name: "Versions of the codebook" })).toBeVisible();
    await expect(lead.getByRole("row", { name: /^2: .*in force/ })).toBeVisible();
  });

  await test.step("the annotator has the new version and both marks", async () => {
    const after = await openWork(deniz, project);
    await expect(after.spans).toHaveCount(2);
    await expect(after.spans.filter({ hasText: "a great contribution" })).toBeVisible();
    await expect(after.spans.filter({ hasText: "Upper Sarrow" })).toContainText("Naming of sides");
    const labels = deniz.getByRole("region", { name: "Labels" });
    await expect(labels.getByRole("button", { name: /Naming of sides/ })).toBeVisible();
    await expect(labels.getByRole("button", { name: /Appeal or slogan/ })).toHaveCount(0);
  });
});

function row(page: Page, name: string) {
  return page.getByRole("treegrid").getByRole("row", { name, exact: true });
}

/** The word on the state of saving. */
function saving(page: Page) {
  return page.getByRole("status").filter({ hasText: /aved|Saving/ });
}
