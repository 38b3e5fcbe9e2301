import path from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import { findBarriers } from "../support/barriers";
import { ask, newContext } from "../support/desk";
import { PEOPLE, test } from "../support/people";
import { assignAll, makeProject, openWork, storeDocument } from "../support/study";
import { WorkspacePage } from "../support/workspace-page";

const file = path.join(import.meta.dirname, "../data/articles/corridor.txt");

/** “she said” is the cue of “The corridor”; its source is “Transport Minister Oda Vestre”. */
const [SOURCE, CUE, CONTENT] = ["Transport Minister Oda Vestre", "she said", "The corridor"];

test("relations are drawn, pulled, changed, undone and kept, by pointer and by keys", async ({
  as,
  browser,
}) => {
  test.setTimeout(180_000);
  const lead = await as("lead");
  const project = await makeProject(lead, "Arrows", [PEOPLE.admin], "Attribution and voice");
  await storeDocument(lead, project, file);
  await assignAll(lead, project, { documents: 1, annotators: 1 });
  // Whose articles no other test opens: the way of reading is kept with the account.
  const page = await as("admin");
  // Both ends of each arrow are in sight.
  await page.setViewportSize({ width: 1280, height: 1500 });
  const workspace = await openWork(page, project);
  const { article, happened } = workspace;
  const arrows = new Arrows(workspace);
  const panel = page.getByRole("region", { name: "Relations" });

  await test.step("what is no part of the article says so, and what a selection gained shows dimly", async () => {
    expect(await article.ariaSnapshot()).toContain("Caption: In this March 3 file photo");
    await workspace.select("orridor through");
    expect(await painted(page, "added")).toEqual(["c"]);
    await expect.poll(() => painted(page, "added")).toEqual([]);
    await page.keyboard.press("Escape");
  });

  await workspace.mark(SOURCE, "1");
  await page.keyboard.press("Escape");
  await workspace.mark(CONTENT, "3");
  await page.keyboard.press("Escape");
  await workspace.mark(CUE, "2");

  await test.step("the handle is pulled to another span, whichever way the relation leads", async () => {
    await arrows.pull(SOURCE);
    await expect(happened).toHaveText(`Linked from “${SOURCE}”: Source.`);
    await expect(arrows.names).toHaveText(["Source of"]);
    await arrows.standsBetween(SOURCE, CUE);
    await arrows.pull(SOURCE);
    await expect(happened).toHaveText("This is already so.");
  });

  await test.step("the handle is pressed, then the other span; what does not fit is refused", async () => {
    await arrows.press();
    await arrows.clickSpan(CONTENT);
    await expect(happened).toHaveText(`Linked to “${CONTENT}”: Content.`);
    await expect(arrows.names).toHaveCount(2);
    await arrows.clickSpan(SOURCE);
    await arrows.pull(CONTENT);
    await expect(happened).toHaveText(
      "The codebook has no such relation between “Source” and “Content”.",
    );
    await expect(arrows.names).toHaveText(["Source of"]);
  });

  await test.step("an arrow is selected by a click and removed by Delete, and comes back", async () => {
    await arrows.clickName("Source of");
    await expect(happened).toContainText(`Relation Source of, from “${SOURCE}”`);
    await expect(panel.getByRole("group", { name: "Selected relation" })).toBeVisible();
    await page.keyboard.press("Delete");
    await expect(arrows.names).toHaveCount(0);
    await expect(workspace.spans).toHaveCount(3);
    await page.keyboard.press("Control+z");
    await expect(arrows.names).toHaveText(["Source of"]);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+Shift+z");
  });

  await test.step("by keys alone: begun in the text, ended at a span, each reached by Tab", async () => {
    await arrows.clickSpan(CUE);
    await panel.getByRole("button", { name: `Source of, from “${SOURCE}”` }).focus();
    await page.keyboard.press("Enter");
    await expect(panel.getByRole("group", { name: "Selected relation" })).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(panel.getByRole("button", { name: "Go to its other end" })).toBeFocused();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Delete");
    await expect(arrows.names).toHaveText(["Cue of"]);
    await expect(panel.getByRole("button").first()).toBeFocused();
    await panel.getByRole("button", { name: "Relate to…" }).focus();
    await page.keyboard.press("Enter");
    await article.focus();
    await page.keyboard.press("n");
    await page.keyboard.press("Enter");
    await expect(happened).toHaveText(`Linked from “${SOURCE}”: Source.`);
    await expect(arrows.names).toHaveCount(2);
  });

  await test.step("a mark refers only to entries that are in the page", async () => {
    const list = page.getByRole("combobox", { name: /^Show/ });
    const details = () => arrows.mark(CUE).getAttribute("aria-details");
    expect(await details()).toMatch(/^item-/);
    await list.selectOption({ label: "Source" });
    await expect.poll(details).toBeNull();
    await list.selectOption({ index: 0 });
    await expect.poll(details).toMatch(/^item-/);
  });

  await test.step("no state has a barrier", async () => {
    expect(await findBarriers(page)).toEqual([]);
  });

  await workspace.isSaved();
  await page.reload();
  await expect(workspace.spans).toHaveCount(3);
  await test.step("after a reload the arrows of all relations show when asked for", async () => {
    await expect(arrows.names).toHaveCount(0);
    await setReading(page, async (menu) => {
      await menu.getByLabel("Arrows of all relations").check();
    });
    await expect(arrows.names).toHaveCount(2);
  });

  await test.step("arrows follow the words when letters and lines change", async () => {
    const before = await arrows.tops();
    await setReading(page, async (menu) => {
      await menu.getByText("Largest").click();
      await menu.getByText("Narrow").click();
      await menu.getByText("Loose").click();
      await expect(menu.getByRole("radio", { name: "Loose" })).toBeChecked();
      expect(await findBarriers(page)).toEqual([]);
    });
    await expect.poll(() => arrows.tops()).not.toEqual(before);
    await arrows.standsBetween(SOURCE, CUE);
    await workspace.mark("two rivers", "2");
    await expect(workspace.editor).toContainText("two rivers");
    await page.keyboard.press("Delete");
    await workspace.isSaved();
  });

  await test.step("names stand beside the lines, and lead to their spans", async () => {
    await setReading(page, (menu) => menu.getByLabel("Label names beside the text").check());
    const names = page.locator(".margin-name");
    await expect(names).toHaveText([/Source/, /Content/, /Cue/]);
    const [name, mark] = [names.filter({ hasText: "Cue" }), arrows.mark(CUE)];
    await expect
      .poll(async () => Math.abs((await topOf(name)) - (await topOf(mark))))
      .toBeLessThan(20);
    await name.click();
    await expect(workspace.editor).toContainText(CUE);
  });

  await test.step("all is kept with the account, on a small screen too, where fingers pull", async () => {
    const kept = () =>
      ask(`SELECT preferences->'reading' AS reading FROM "user" WHERE email = $1`, [PEOPLE.admin]);
    const reading = { size: "largest", length: "narrow", height: "loose" };
    await expect.poll(kept).toEqual([{ reading: { ...reading, names: true, relations: true } }]);
    const context = await newContext(browser, {
      ...PHONE,
      storageState: await page.context().storageState(),
    });
    const phone = await context.newPage();
    await phone.goto(page.url());
    const small = new WorkspacePage(phone);
    await expect(small.article).toBeVisible();
    const fingers = new Arrows(small);
    // What is far from the screen is drawn when one comes near it.
    await expect(fingers.names).toHaveText(["Source of"]);
    await fingers.mark(CUE).evaluate((mark) => mark.scrollIntoView());
    await expect(fingers.names).toHaveCount(2);
    await expect(phone.locator("[data-size=largest][data-length=narrow][data-names]")).toHaveCount(
      1,
    );
    await fingers.standsBetween(SOURCE, CUE);
    await fingers.tapName("Source of");
    await expect(small.happened).toContainText("Relation Source of");
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    expect(await findBarriers(phone)).toEqual([]);
    await context.close();
  });

  const stored = await ask<{ label: string }>(
    `SELECT r.label_key AS label FROM relation r
       JOIN project p ON p.id = r.project_id
      WHERE p.id = $1 AND NOT r.is_removed ORDER BY 1`,
    [project.split("/").at(-1)],
  );
  expect(stored.map(({ label }) => label)).toEqual(["cue_of", "source_of"]);
});

/** The arrows over an article as a person sees and uses them. */
class Arrows {
  private readonly page: Page;
  readonly names: Locator;
  private readonly handle: Locator;

  constructor(private readonly workspace: WorkspacePage) {
    this.page = workspace.page;
    this.names = this.page.locator(".arc-name");
    this.handle = this.page.locator(".relation-handle circle").last();
  }

  mark(words: string): Locator {
    return this.workspace.article.locator("mark", { hasText: words }).first();
  }

  async clickSpan(words: string): Promise<void> {
    const { x, y } = await this.placeOf(this.mark(words));
    await this.page.mouse.click(x, y);
  }

  async press(): Promise<void> {
    const { x, y } = await this.placeOf(this.handle);
    await this.page.mouse.click(x, y);
  }

  /** Pulls the handle of the selected span to another one. */
  async pull(words: string): Promise<void> {
    const from = await this.placeOf(this.handle);
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    const to = await this.placeOf(this.mark(words), "where it is");
    await this.page.mouse.move(to.x, to.y, { steps: 4 });
    await this.page.mouse.up();
  }

  async clickName(name: string): Promise<void> {
    const { x, y } = await this.placeOf(this.names.filter({ hasText: name }));
    await this.page.mouse.click(x, y);
  }

  async tapName(name: string): Promise<void> {
    const { x, y } = await this.placeOf(this.names.filter({ hasText: name }));
    await this.page.touchscreen.tap(x, y);
  }

  /** Waits until the head of an arrow touches the upper edge of one span and its foot that of another. */
  async standsBetween(source: string, target: string): Promise<void> {
    const arrow = this.page.locator(".arc", { hasText: "Source of" });
    const gaps = async () => {
      const [line, head] = await Promise.all([
        endsOf(arrow.locator(".arc-line")),
        boxOf(arrow.locator(".arc-head")),
      ]);
      const [from, to] = await Promise.all([
        linesOf(this.mark(source)),
        linesOf(this.mark(target)),
      ]);
      const distance = (point: { x: number; y: number }, boxes: DOMRect[]) =>
        Math.min(
          ...boxes.map((box) =>
            Math.hypot(
              Math.max(box.left - point.x, 0, point.x - box.right),
              Math.abs(box.top - point.y),
            ),
          ),
        );
      const tip = { x: (head.left + head.right) / 2, y: head.bottom };
      return Math.max(distance(line.first, from), distance(tip, to));
    };
    await expect.poll(gaps).toBeLessThan(3);
  }

  tops(): Promise<number[]> {
    return this.names.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
  }

  private async placeOf(locator: Locator, where: "in sight" | "where it is" = "in sight") {
    if (where === "in sight") {
      await locator.evaluate((each) => each.scrollIntoView({ block: "center" }));
    }
    const lines = await linesOf(locator);
    const line = lines[0];
    if (line === undefined) throw new Error("It is not drawn.");
    return { x: line.left + line.width / 2, y: line.top + line.height / 2 };
  }
}

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Opens the menu, chooses, and closes it by Escape, which leads back to its button. */
async function setReading(page: Page, choose: (menu: Locator) => Promise<void>): Promise<void> {
  const menu = page.locator("details", { has: page.locator("summary", { hasText: "Reading" }) });
  const button = menu.locator("summary");
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(menu.getByRole("group", { name: "Text size" })).toBeVisible();
  await choose(menu);
  await page.keyboard.press("Escape");
  await expect(menu.getByRole("group", { name: "Text size" })).toBeHidden();
  await expect(button).toBeFocused();
}

function linesOf(locator: Locator): Promise<DOMRect[]> {
  return locator.evaluate((each) =>
    [...each.getClientRects()].map((box) => box.toJSON() as DOMRect),
  );
}

async function boxOf(locator: Locator): Promise<DOMRect> {
  return locator.evaluate((each) => each.getBoundingClientRect().toJSON() as DOMRect);
}

async function topOf(locator: Locator): Promise<number> {
  return (await linesOf(locator))[0]?.top ?? Number.NaN;
}

/** The words that a short-lived layer covers. */
function painted(page: Page, layer: string): Promise<string[]> {
  return page.evaluate(
    (name) => [...(CSS.highlights.get(name) ?? [])].map((range) => String(range)),
    layer,
  );
}

/** Where a drawn line begins on the screen. */
function endsOf(line: Locator): Promise<{ first: { x: number; y: number } }> {
  return line.evaluate((each) => {
    const path = each as SVGPathElement;
    const { x, y } = path.getPointAtLength(0);
    const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM() ?? undefined);
    return { first: { x: at.x, y: at.y } };
  });
}
