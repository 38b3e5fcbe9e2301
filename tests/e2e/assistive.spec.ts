import { expect, type Locator, type Page } from "@playwright/test";
import { findBarriers, reachable } from "../support/barriers";
import { ask, openTab, storedSpans, test } from "../support/desk";
import type { WorkspacePage } from "../support/workspace-page";

test("Tab leads from the bar through the text, one stop, and the tools to the foot", async ({
  chiara,
  work,
}) => {
  const workspace = await openTab(await chiara(), work);
  const { page } = workspace;
  await workspace.mark("slashed", "7");
  await workspace.mark("vowed", "2");
  // The panels follow the text in the next moment, and bring the span's editor into sight.
  await expect(workspace.editor).toContainText("vowed");
  const stops = await tabStops(page);
  expect(stops.filter((stop) => stop.isHidden)).toEqual([]);
  const regions = stops.map((stop) => stop.region);
  expect(regions.filter((region, at) => region !== regions[at - 1])).toEqual([
    "header",
    "main",
    "aside",
    "footer",
  ]);
  expect(stops.filter((stop) => stop.region === "main")).toEqual([
    { region: "main", role: "group", name: "Article" },
  ]);
  const names = stops.map((stop) => stop.name);
  expect(names.at(-1)).toBe("Submit");
  expect(names.indexOf("Undo")).toBeLessThan(names.indexOf("Keys"));
  expect(stops.some((stop) => stop.region === "aside" && stop.name.includes("Naming"))).toBe(true);
});

test("everything that can be reached has a name, in every state", async ({ chiara, work }) => {
  const workspace = await openTab(await chiara(), work);
  const nameless = async () =>
    (await reachable(workspace.page)).filter((each) => each.name === "" && each.role !== "generic");
  expect((await reachable(workspace.page)).length).toBeGreaterThan(15);
  expect(await nameless()).toEqual([]);
  await workspace.select("reckless gamble");
  expect(await nameless()).toEqual([]);
  await workspace.page.keyboard.press("1");
  await expect(workspace.editor).toBeVisible();
  expect(await nameless()).toEqual([]);
});

test("what is done and where it is kept is announced", async ({ chiara, work }) => {
  const context = await chiara();
  const workspace = await openTab(context, work);
  const { page, happened, saveState } = workspace;
  for (const status of [happened, saveState]) {
    await expect(status).toHaveAttribute("aria-live", "polite");
  }
  await expect(saveState).toHaveText("Saved");
  await workspace.select("reckless gamble");
  await expect(happened).toHaveText("“reckless gamble”, 2 words. Press a label's key.");
  await page.keyboard.press("2");
  await expect(happened).toHaveText("“reckless gamble”: Naming");
  await page.keyboard.press("4");
  await expect(happened).toHaveText("“reckless gamble”: Agency");
  await page.keyboard.press("Delete");
  await expect(happened).toHaveText("Removed “reckless gamble”: Agency. Undo with Ctrl+Z.");
  await page.keyboard.press("Control+z");
  await expect(happened).toHaveText("Undone.");
  await page.keyboard.press("Control+Shift+z");
  await expect(happened).toHaveText("Done again.");
  await expect(saveState).toHaveText("Saved");

  await test.step("the same words said twice are two announcements", async () => {
    await page.evaluate(() => {
      const status = document.querySelector('[aria-label="What happened"]');
      const seen = { count: 0 };
      Object.assign(window, { seen });
      new MutationObserver(() => seen.count++).observe(status as Element, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    });
    await workspace.article.focus();
    await page.keyboard.press("Delete");
    const count = () =>
      page.evaluate(() => (window as unknown as { seen: { count: number } }).seen.count);
    await expect(happened).toHaveText("Select a span first: Space on a marked word.");
    const once = await count();
    await page.keyboard.press("Delete");
    await expect.poll(count).toBeGreaterThan(once);
  });

  await context.setOffline(true);
  await workspace.mark("vowed", "7");
  await expect(saveState).toHaveText("Offline: 1 change kept on this computer");
  await context.setOffline(false);
  await expect(saveState).toHaveText("Saved");
});

test("a mark leads to the entries of all spans that stand on it, with label and words", async ({
  chiara,
  work,
}) => {
  const workspace = await openTab(await chiara(), work);
  await workspace.mark("reckless gamble", "4");
  await workspace.mark("reckless", "1");
  const mark = workspace.article.locator("mark", { hasText: /^reckless$/ });
  await expect
    .poll(() => detailsOf(mark))
    .toEqual(["Agency: reckless gamble", "Loaded language: reckless"].sort());
  await expect
    .poll(() => detailsOf(workspace.article.locator("mark", { hasText: "gamble" })))
    .toEqual(["Agency: reckless gamble"]);

  await test.step("the words are read without codes and signs among them", async () => {
    const text = await workspace.article.locator("[data-block]").nth(1).evaluate(readAloud);
    expect(text).toContain("Critics called the move a reckless gamble with the future");
  });
});

test("a span is made, heard, changed and removed by keys and buttons, without a selection or pointer", async ({
  chiara,
  work,
}) => {
  const workspace = await openTab(await chiara(), work);
  const { page, happened } = workspace;
  await workspace.article.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowRight");
  const word = (await happened.textContent()) ?? "";
  expect(word).not.toBe("");

  await test.step("the word under the cursor is labelled by a button of the panel", async () => {
    await tabTo(page, /^Naming/);
    await page.keyboard.press("Enter");
    await expect(happened).toHaveText(`“${word}”: Naming`);
    await expect(workspace.spans).toHaveCount(1);
  });

  await test.step("its labels are heard when the cursor comes back to the word", async () => {
    await workspace.article.focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await expect(happened).toHaveText(`${word}: Naming`);
  });

  await test.step("the list leads to it, and its editor changes and removes it", async () => {
    await tabTo(page, /^N?\s*Naming: /);
    await page.keyboard.press("Enter");
    await expect(workspace.editor).toContainText(word);
    await tabTo(page, "End later");
    await page.keyboard.press("Enter");
    await expect(happened).toHaveText(new RegExp(`^“${word} .+”: Naming$`));
    await workspace.isSaved();
    await expect.poll(() => storedSpans(work)).toHaveLength(1);
    await tabTo(page, "Delete");
    await page.keyboard.press("Enter");
    await expect(happened).toContainText("Removed");
    await expect(workspace.spans).toHaveCount(0);
    await workspace.isSaved();
    await expect.poll(() => storedSpans(work)).toEqual([]);
  });
});

test("a span is made, found and removed by typing its words, as in browse mode", async ({
  chiara,
  work,
}) => {
  const workspace = await openTab(await chiara(), work);
  const { page } = workspace;
  await page.getByRole("button", { name: "Annotate by text…" }).click();
  const dialog = page.getByRole("dialog", { name: "Annotate by text" });
  const told = dialog.getByRole("status", { name: "What was marked" });
  await expect(dialog.getByLabel("Words to mark")).toBeFocused();

  await test.step("words that stand in several places are asked about", async () => {
    await page.keyboard.type("the");
    await expect(dialog.getByRole("status", { name: "Places found" })).toHaveText(
      /^Found \d+ times; choose which\.$/,
    );
    await dialog.getByLabel("Label").selectOption({ label: "Naming" });
    await dialog.getByRole("button", { name: "Mark these words" }).click();
    await expect(told).toHaveText("Choose which place is meant.");
  });

  await test.step("a paragraph and pasted words in other quotes lead to one place", async () => {
    await dialog.getByLabel("Paragraph").selectOption({ index: 3 });
    await dialog.getByLabel("Words to mark").fill('"We listened to every passenger,"');
    await expect(dialog.getByRole("status", { name: "Places found" })).toHaveText("Found once.");
    await dialog.getByLabel("Words to mark").press("Enter");
    await expect(told).toContainText(": Naming");
    await expect(dialog.getByRole("heading", { name: "Marked here: 1 span" })).toBeVisible();
    await expect(dialog.getByLabel("Words to mark")).toBeFocused();
    await workspace.isSaved();
    await expect
      .poll(() => storedSpans(work))
      .toEqual(["“We listened to every passenger,”: naming"]);
  });

  await dialog.getByRole("button", { name: /^Remove Naming: “We listened/ }).click();
  await expect(told).toContainText("Removed");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await workspace.isSaved();
  await expect.poll(() => storedSpans(work)).toEqual([]);
});

test("a label is found by what it means, and keys can be changed for good, with conflicts in words", async ({
  chiara,
  work,
}) => {
  const context = await chiara();
  const workspace = await openTab(context, work);
  const { page, happened } = workspace;
  await workspace.article.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("l");
  const search = page.getByRole("combobox", { name: "Name, key or meaning of a label" });
  await expect(search).toBeFocused();
  await page.keyboard.type("naming");
  await expect(page.getByRole("option", { selected: true })).toContainText("Naming");
  await page.keyboard.press("Enter");
  await expect(happened).toHaveText("“Harbour”: Naming");
  await expect(workspace.article).toBeFocused();

  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  const became = dialog.getByRole("status", { name: "What became of the keys" });
  await dialog.getByRole("button", { name: "Change keys" }).click();
  const ask = async (name: string, key: string) => {
    await dialog.getByRole("button", { name: `New key for: ${name}` }).focus();
    await page.keyboard.press("Enter");
    await expect(
      dialog.getByRole("button", { name: `Press the new key for: ${name}` }),
    ).toBeFocused();
    await page.keyboard.press(key);
  };
  await ask("find in the article", "Control+t");
  await expect(dialog.getByRole("alert")).toContainText("browsers keep Ctrl");
  // Other tests work as the same person at the same time, and use neither this key nor this label's.
  await ask("find in the article", "v");
  await expect(dialog.getByRole("alert")).toContainText(
    "v is the key of “the sentence; again, the paragraph”.",
  );
  await dialog.getByRole("button", { name: "Use it here instead" }).click();
  await expect(became).toHaveText("The key belongs to “find in the article” now.");
  await ask("Appeal or slogan", "x");
  await expect(became).toHaveText("x is now the key of “Appeal or slogan”.");
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press("Escape");

  await test.step("they are in force at once, and in another session of the person", async () => {
    const other = await openTab(await chiara(), work);
    for (const each of [workspace, other]) {
      await each.article.focus();
      await each.page.keyboard.press("v");
      await expect(each.page.getByLabel("Find", { exact: true })).toBeFocused();
      await each.page.keyboard.press("Escape");
    }
    await other.select("vowed");
    await other.page.keyboard.press("x");
    await expect(other.happened).toHaveText("“vowed”: Appeal or slogan");
    await other.isSaved();
  });

  await test.step("the page of the account puts them back", async () => {
    await page.goto("/account/keys");
    await page.getByRole("button", { name: "Reset: find in the article" }).click();
    await expect(page.getByText("v", { exact: true })).toHaveCount(0);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Reset all keys" }).click();
    await expect(page.getByText("All keys are as shipped.")).toBeVisible();
    await page.reload();
    await expect(page.getByRole("button", { name: "Reset all keys" })).toHaveCount(0);
    await expect(
      page.getByRole("button", { name: "Take v away from: the sentence; again, the paragraph" }),
    ).toBeVisible();
  });
});

test("nothing moves for those who asked for less motion", async ({ chiara, work }) => {
  const workspace = await openTab(await chiara(), work);
  await workspace.mark("slashed", "7");
  expect(await longestMotion(workspace.page)).toBeGreaterThan(0.01);
  await workspace.page.emulateMedia({ reducedMotion: "reduce" });
  expect(await longestMotion(workspace.page)).toBeLessThanOrEqual(0.00002);
});

test("at 400 % everything is there, below one another, and nothing scrolls sideways", async ({
  chiara,
  work,
}) => {
  const context = await chiara({ viewport: { width: 320, height: 640 } });
  const workspace = await openTab(context, work);
  const { page } = workspace;
  await workspace.article.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("1");
  await expect(workspace.editor).toBeVisible();
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByRole("region", { name: "Needed before submitting" })).toBeVisible();
  await workspace.select("slashed");
  await expect(page.getByRole("toolbar")).toBeVisible();
  await page.keyboard.press("Escape");

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const controls = page.locator("button, a[href], input, select, textarea, summary");
  const outside = await controls.evaluateAll((all) =>
    all
      .filter((each) => each.checkVisibility() && !each.closest(".sr-only"))
      .map((each) => ({ text: each.textContent, box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.left < 0 || box.right > 320 || box.width === 0)
      .map(({ text, box }) => `${text}: ${box.left} to ${box.right}`),
  );
  expect(outside).toEqual([]);
  for (const name of ["Undo", "Redo", "Guidelines", "Keys", "Skip", "Submit"]) {
    await expect(page.getByRole("button", { name, exact: true })).toBeInViewport({ ratio: 1 });
  }
  const saved = await workspace.saveState.boundingBox();
  expect(saved?.x).toBeGreaterThanOrEqual(0);

  for (const height of [640, 256]) {
    await test.step(`the focus is never hidden behind the bars, ${height} px high`, async () => {
      await page.setViewportSize({ width: 320, height });
      const stops = await tabStops(page);
      expect(stops.length).toBeGreaterThan(30);
      expect(stops.filter((stop) => stop.isHidden)).toEqual([]);
    });
  }
});

test("lines, codes and the selected span stay visible in forced colours", async ({
  chiara,
  work,
}) => {
  const workspace = await openTab(await chiara(), work);
  const { page } = workspace;
  await page.emulateMedia({ forcedColors: "active" });
  await workspace.mark("slashed", "7");
  await workspace.mark("vowed", "2");
  await workspace.mark("reckless gamble", "4");
  const looks = await workspace.article.locator("mark").evaluateAll((marks) =>
    marks.map((mark) => {
      const lane = getComputedStyle(mark.querySelector(".lane") as Element);
      const code = getComputedStyle(mark, "::before");
      return {
        text: mark.textContent,
        line: lane.textDecorationLine,
        style: lane.textDecorationStyle,
        isLineSeen: lane.textDecorationColor !== getComputedStyle(document.body).backgroundColor,
        thickness: lane.textDecorationThickness,
        code: code.content,
        isCodeSeen: code.color !== getComputedStyle(document.body).backgroundColor,
        outline: getComputedStyle(mark).outlineStyle,
      };
    }),
  );
  expect(looks.map((look) => look.text)).toEqual(["slashed", "reckless gamble", "vowed"]);
  for (const look of looks) {
    expect(look).toMatchObject({
      line: "underline",
      thickness: "3px",
      isLineSeen: true,
      isCodeSeen: true,
    });
    expect(look.code).toMatch(/^"\w+"/);
  }
  expect(new Set(looks.map((look) => look.code)).size).toBe(3);
  expect(looks.map((look) => look.outline)).toEqual(["none", "solid", "none"]);
});

test("words that a finger chose are labelled by the toolbar on a screen of 390 px", async ({
  chiara,
  work,
}) => {
  const context = await chiara({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const workspace = await openTab(context, work);
  const { page } = workspace;
  const toolbar = page.getByRole("toolbar", { name: "Label these words" });
  const chosen = () => page.evaluate(() => String(document.getSelection()));
  await chooseByFinger(workspace, "reckless", "pointercancel");
  await expect(workspace.happened).toHaveText("“reckless”, 1 word. Press a label's key.");
  await chooseByFinger(workspace, "reckless gamble", "pointerup");
  await expect(workspace.happened).toHaveText("“reckless gamble”, 2 words. Press a label's key.");
  expect(await chosen()).toBe("reckless gamble");
  await expect(toolbar).toBeInViewport({ ratio: 1 });
  const buttons = toolbar.getByRole("button");
  await expect(buttons).toHaveCount(7);
  for (const button of await buttons.all()) {
    const box = await button.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(24);
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= 390).toBe(true);
  }
  await toolbar.getByRole("button", { name: /Naming/ }).tap();
  await expect(toolbar).toBeHidden();
  expect(await chosen()).toBe("");
  await workspace.isSaved();
  await expect.poll(() => storedSpans(work)).toEqual(["reckless gamble: naming"]);

  await test.step("a tap beside chosen words gives them up", async () => {
    await chooseByFinger(workspace, "vowed", "pointercancel");
    await expect(toolbar).toBeVisible();
    await page.evaluate(() => document.getSelection()?.removeAllRanges());
    await expect(toolbar).toBeHidden();
  });

  await test.step("a tap on the mark selects it, and it can be removed by touch", async () => {
    await workspace.article
      .locator("mark")
      .evaluate((mark) => mark.scrollIntoView({ block: "center" }));
    const line = await workspace.article
      .locator("mark")
      .evaluate((mark) => (mark.getClientRects()[0] as DOMRect).toJSON() as DOMRect);
    await page.touchscreen.tap(line.x + line.width / 2, line.y + line.height / 2);
    await expect(workspace.editor).toContainText("reckless gamble");
    await workspace.editor.getByRole("button", { name: "Delete" }).tap();
    await workspace.isSaved();
    await expect.poll(() => storedSpans(work)).toEqual([]);
  });
});

for (const scheme of ["light", "dark"] as const) {
  test(`no state of the workspace has a barrier in ${scheme}`, async ({ chiara, work }) => {
    test.setTimeout(120_000);
    const context = await chiara({ colorScheme: scheme });
    const workspace = await openTab(context, work);
    const { page } = workspace;
    const isFree = async (state: string) => expect(await findBarriers(page), state).toEqual([]);
    await isFree("empty");

    await workspace.select("reckless gamble");
    await expect(page.getByRole("toolbar")).toBeVisible();
    await isFree("words selected");

    await page.keyboard.press("1");
    await expect(workspace.editor).toBeVisible();
    await workspace.mark("reckless", "2");
    await isFree("span selected, beside another");

    await page.getByRole("button", { name: "Submit" }).click();
    const needed = page.getByRole("region", { name: "Needed before submitting" });
    await expect(needed).toBeVisible();
    await isFree("gaps shown");

    for (const [button, dialog] of [
      ["Keys", "Keys"],
      ["Guidelines", "Guidelines"],
      ["Skip", "Skip this document"],
    ] as const) {
      await page.getByRole("button", { name: button, exact: true }).click();
      await expect(page.getByRole("dialog", { name: dialog })).toBeVisible();
      await isFree(`dialog ${dialog}`);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
    await workspace.article.focus();
    await page.keyboard.press("n");
    await page.keyboard.press("Shift+R");
    await expect(page.getByRole("dialog", { name: "The same words elsewhere" })).toBeVisible();
    await isFree("dialog of the same words");
    await page.keyboard.press("Escape");

    await context.setOffline(true);
    await workspace.mark("vowed", "7");
    await expect(workspace.saveState).toContainText("Offline");
    await isFree("offline");
    await context.setOffline(false);
    await workspace.isSaved();

    await page.route("**/operations", (route) => route.fulfill({ status: 401, json: {} }));
    await workspace.mark("insisted", "7");
    await expect(page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
    await isFree("dialog to sign in again");
    await page.keyboard.press("Escape");
    await expect(workspace.saveState).toContainText("Signed out");
    await isFree("signed out");
    await page.unroute("**/operations");

    await needed.getByRole("button").first().click();
    await workspace.answer(/^Voice/, "Outlet's voice");
    await page.getByRole("button", { name: "Submit" }).click();
    await expect(page.getByText("Submitted. Thank you.")).toBeVisible();
    await isFree("submitted");
    expect(await ask("SELECT state FROM assignment WHERE id = $1", [work.assignmentId])).toEqual([
      { state: "submitted" },
    ]);
  });
}

type Stop = { region: string; role: string; name: string; isHidden?: true };

/** Where Tab goes from the top of the page, until it leaves it. */
async function tabStops(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  for (let tabs = 0; tabs < 90; tabs++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) return null;
      const { left, top, width, height } = at.getBoundingClientRect();
      const points = [0.1, 0.5, 0.9].map(
        (part) => [left + width / 2, top + height * part] as const,
      );
      const isSeen = points.some(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return (
          hit !== null && (at.contains(hit) || hit.contains(at) || hit.closest("label") !== null)
        );
      });
      const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : null;
      return {
        region: at.closest("header, main, aside, footer")?.tagName.toLowerCase() ?? "none",
        role: at.getAttribute("role") ?? at.tagName.toLowerCase(),
        name: (at.getAttribute("aria-label") ?? label ?? at.textContent ?? "").trim(),
        ...(isSeen ? {} : { isHidden: true as const }),
      };
    });
    if (stop === null) return stops;
    stops.push(stop);
  }
  throw new Error(`Tab never leaves the page: ${JSON.stringify(stops.slice(-5))}`);
}

/** Presses Tab until something of this name has the focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const target = page.getByRole("button", { name }).and(page.locator(":focus"));
  for (let tabs = 0; tabs < 90; tabs++) {
    await page.keyboard.press("Tab");
    if ((await target.count()) === 1) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}

/** What the entries say that a mark points to, sorted. */
function detailsOf(mark: Locator): Promise<string[]> {
  return mark.evaluate((element) =>
    (element.getAttribute("aria-details") ?? "")
      .split(" ")
      .map((id) => {
        const button = document.getElementById(id)?.querySelector("button");
        const words = [...(button?.childNodes ?? [])].filter(
          (node) => !(node instanceof Element && node.ariaHidden === "true"),
        );
        return words.map((node) => node.textContent).join("");
      })
      .sort(),
  );
}

/** The text of an element as it is in the accessibility tree's order. */
function readAloud(element: Element): string {
  return (element as HTMLElement).innerText;
}

/** The longest animation or transition in the page, in seconds. */
function longestMotion(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll("*")].flatMap((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return `${transitionDuration}, ${animationDuration}`
          .split(", ")
          .map((each) => Number.parseFloat(each) * (each.endsWith("ms") ? 0.001 : 1));
      }),
    ),
  );
}

/**
 * A selection as a long press leaves it. Its end is told as a cancelled pointer where the browser has
 * taken the gesture over, elsewhere as a lifted one.
 */
async function chooseByFinger(
  { article }: WorkspacePage,
  words: string,
  end: "pointercancel" | "pointerup",
): Promise<void> {
  await article.evaluate(
    (root, [wanted, ending]) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(wanted) ?? -1;
        if (at < 0) continue;
        const element = node.parentElement as HTMLElement;
        element.scrollIntoView({ block: "center" });
        const tell = (type: string) =>
          element.dispatchEvent(
            new PointerEvent(type, { bubbles: true, pointerType: "touch", isPrimary: true }),
          );
        tell("pointerdown");
        document.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
        tell(ending);
        return;
      }
      throw new Error(`“${wanted}” is not in the article`);
    },
    [words, end] as const,
  );
}
