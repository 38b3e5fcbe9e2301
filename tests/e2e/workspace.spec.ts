import { expect, type Page } from "@playwright/test";
import { test } from "../support/people";
import { WorkspacePage } from "../support/workspace-page";

/** The document that the demo leaves untouched for Ana. */
async function openFirstWork(page: Page): Promise<WorkspacePage> {
  await page.goto("/");
  await page
    .getByRole("link", { name: /^(Start annotating|Continue)/ })
    .first()
    .click();
  const workspace = new WorkspacePage(page);
  await expect(workspace.article).toBeVisible();
  await workspace.isSaved();
  return workspace;
}

test.describe.configure({ mode: "serial" });

test("spans overlap, are all visible and all reachable; edits are undone and redone, also after a reload", async ({
  as,
}) => {
  const page = await as("ana");
  const workspace = await openFirstWork(page);

  await workspace.mark("towns seized by Tarvenia", "4");
  await workspace.mark("seized", "1");
  await workspace.mark("towns seized", "2");
  await expect(workspace.spans).toHaveCount(3);
  const mark = workspace.article.locator("mark", { hasText: /^seized$/ });
  await expect(mark.locator(".lane")).toHaveCount(3);

  await test.step("clicking goes from the shortest span to the longest and round again", async () => {
    await workspace.article.getByText("Monitors").first().click();
    for (const words of ["“seized”", "“towns seized”", "“towns seized by Tarvenia”", "“seized”"]) {
      await workspace.click("seized");
      await expect(workspace.editor.locator("bdi").first()).toHaveText(words);
    }
  });

  await test.step("the keyboard cycles as well", async () => {
    await workspace.article.focus();
    await page.keyboard.press("Space");
    await expect(workspace.editor.locator("bdi").first()).toHaveText("“towns seized”");
  });

  await test.step("label, edges, answers and comments can be changed", async () => {
    await workspace.click("seized");
    await workspace.article.focus();
    await page.keyboard.press("6");
    await expect(
      workspace.editor.getByRole("heading", { name: "Slanted information" }),
    ).toBeVisible();
    await page.keyboard.press("Shift+ArrowRight");
    await expect(workspace.editor).toContainText("“towns seized by Tarvenia”".slice(0, 10));
    await workspace.answer(/^Polarity/, "Negative");
    await workspace.editor.getByLabel("Neutral wording").fill("towns taken");
    await workspace.editor.getByLabel("Neutral wording").press("Enter");
    await workspace.editor.getByLabel("Comment").fill("The other outlet says liberated.");
    await workspace.editor.getByLabel("Comment").blur();
    await expect(workspace.editor.getByText("The other outlet says liberated.")).toBeVisible();
  });

  await test.step("undo works backwards through all of it, redo forwards", async () => {
    const undo = page.getByRole("button", { name: "Undo" });
    await undo.click();
    await expect(workspace.editor.getByText("The other outlet says liberated.")).toHaveCount(0);
    await undo.click();
    await expect(workspace.editor.getByLabel("Neutral wording")).toHaveValue("");
    await page.getByRole("button", { name: "Redo" }).click();
    await expect(workspace.editor.getByLabel("Neutral wording")).toHaveValue("towns taken");
  });

  await test.step("a removed span comes back with its answers after a reload", async () => {
    await workspace.article.focus();
    await page.keyboard.press("Delete");
    await expect(workspace.spans).toHaveCount(2);
    await workspace.isSaved();
    await page.reload();
    await expect(workspace.spans).toHaveCount(2);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(workspace.spans).toHaveCount(3);
    await workspace.spans.getByRole("button", { name: /Slanted information/ }).click();
    await expect(workspace.editor.getByLabel("Neutral wording")).toHaveValue("towns taken");
    await workspace.isSaved();
  });
});

test("work done without a network is kept over a closed tab and sent once", async ({ as }) => {
  const page = await as("ana");
  const workspace = await openFirstWork(page);
  const before = await workspace.spans.count();
  const address = page.url();
  await page.context().setOffline(true);
  await workspace.mark("Fighting", "4");
  await workspace.mark("claimed", "7");
  await expect(workspace.saveState).toContainText("Offline: 2 changes kept on this computer");
  await page.close();

  const again = await workspace.page.context().newPage();
  await again.context().setOffline(false);
  await again.goto(address);
  const reopened = new WorkspacePage(again);
  await expect(reopened.spans).toHaveCount(before + 2);
  await reopened.isSaved();
  await again.reload();
  await expect(reopened.spans).toHaveCount(before + 2);
});

test("a document is submitted only when nothing is missing, and then it is closed", async ({
  as,
}) => {
  const page = await as("ana");
  const workspace = await openFirstWork(page);
  await workspace.mark("accuses", "1");
  await page.getByRole("button", { name: "Submit" }).click();
  const needed = page.getByRole("region", { name: "Needed before submitting" });
  await expect(needed).toBeVisible();
  for (let open = await needed.getByRole("button").count(); open > 0; open--) {
    await needed.getByRole("button").first().click();
    await workspace.answer(/^Voice/, "Outlet's voice");
    await page.getByRole("button", { name: "Submit" }).click();
  }
  await expect(page.getByText("Submitted. Thank you.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Submitted. Thank you.")).toBeVisible();
  await workspace.select("Fighting");
  await page.keyboard.press("2");
  await expect(workspace.happened).toContainText("This document is closed.");
});
