import { expect, type Locator, type Page } from "@playwright/test";

/** The workspace as a person uses it, by mouse or by keyboard. */
export class WorkspacePage {
  readonly article: Locator;
  readonly saveState: Locator;
  readonly happened: Locator;

  constructor(readonly page: Page) {
    this.article = page.getByRole("group", { name: "Article" });
    this.saveState = page.getByRole("status", { name: "Save state" });
    this.happened = page.getByRole("status", { name: "What happened" });
  }

  /**
   * The n-th place (from 0) where these words stand, as a box for the mouse, scrolled into view.
   * Panels that open or follow may still move the text; a person aims when it has come to rest.
   */
  private async boxes(words: string, occurrence: number) {
    return this.article.evaluate(
      async (root, [wanted, nth]) => {
        let rest = 0;
        let before = "";
        for (let looks = 0; looks < 300; looks++) {
          const boxes = find(root, wanted, nth);
          const now = JSON.stringify(boxes);
          const { y } = boxes.first;
          const isInSight = looks > 0 && y > 0 && y < window.innerHeight;
          if (!isInSight) {
            window.scrollBy({ top: y - window.innerHeight / 2, behavior: "instant" });
          }
          rest = isInSight && now === before ? rest + 1 : 0;
          if (rest > 3) return boxes;
          before = now;
          // Not by frames: a page that has nothing to draw may be given none.
          await new Promise((resolve) => setTimeout(resolve, 30));
        }
        throw new Error(`“${wanted}” does not come to rest in sight`);

        function find(article: Element, sought: string, index: number) {
          let seen = 0;
          for (const block of article.querySelectorAll("[data-block]")) {
            const text = block.textContent ?? "";
            for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
              if (seen++ < index) continue;
              return { first: boxOf(block, at), last: boxOf(block, at + sought.length - 1) };
            }
          }
          throw new Error(`“${sought}” is not in the article`);
        }

        function boxOf(block: Element, offset: number) {
          const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
          let left = offset;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const length = node.textContent?.length ?? 0;
            if (left < length) {
              const range = document.createRange();
              range.setStart(node, left);
              range.setEnd(node, left + 1);
              const { left: x1, right: x2, top, bottom } = range.getBoundingClientRect();
              return { x1, x2, y: (top + bottom) / 2 };
            }
            left -= length;
          }
          throw new Error("no such place");
        }
      },
      [words, occurrence] as const,
    );
  }

  /** Drags over words with the real mouse. */
  async select(words: string, occurrence = 0): Promise<void> {
    const { first, last } = await this.boxes(words, occurrence);
    const isRightToLeft = last.x1 < first.x1 && Math.abs(last.y - first.y) < 4;
    await this.page.mouse.move(isRightToLeft ? first.x2 - 1 : first.x1 + 1, first.y);
    await this.page.mouse.down();
    await this.page.mouse.move(isRightToLeft ? last.x1 + 1 : last.x2 - 1, last.y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Clicks in the middle of words. */
  async click(words: string, occurrence = 0): Promise<void> {
    const { first } = await this.boxes(words, occurrence);
    await this.page.mouse.click((first.x1 + first.x2) / 2, first.y);
  }

  /** Drags over words and gives the label with this key. */
  async mark(words: string, key: string, occurrence = 0): Promise<void> {
    await this.select(words, occurrence);
    await this.page.keyboard.press(key);
    await expect(this.editor).toBeVisible();
  }

  get editor(): Locator {
    return this.page.getByRole("region", { name: "Selected span" });
  }

  get spans(): Locator {
    return this.page
      .getByRole("list", { name: "Spans in order of the text" })
      .getByRole("listitem");
  }

  /** Answers a question of choices about the selected span. */
  async answer(question: RegExp | string, answer: string): Promise<void> {
    const group = this.editor.getByRole("group", { name: question });
    await group.getByText(answer, { exact: true }).click();
    await expect(group.getByLabel(answer, { exact: true })).toBeChecked();
  }

  async isSaved(): Promise<void> {
    await expect(this.saveState).toHaveText("Saved");
  }

  /** From the cursor on, moves by keys until the word under it is the first of these, and takes all of them. */
  async selectByKeys(words: string): Promise<void> {
    const first = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/u.exec(words)?.[0] ?? words;
    for (let moves = 0; moves < 900; moves++) {
      const under = await this.happened.textContent();
      if (isWord(under, first) && (await this.extendTo(words))) return;
      await this.page.keyboard.press("ArrowRight");
    }
    throw new Error(`“${words}” was not reached by keys`);
  }

  private async extendTo(words: string): Promise<boolean> {
    const count = words.split(/[\s/]/).length;
    if (count === 1) {
      await this.page.keyboard.press("Shift+ArrowRight");
      await this.page.keyboard.press("Shift+ArrowLeft");
      return (await this.happened.textContent())?.startsWith(`“${words}”`) ?? false;
    }
    for (let more = 1; more < count + 8; more++) {
      await this.page.keyboard.press("Shift+ArrowRight");
      const said = (await this.happened.textContent()) ?? "";
      if (said.startsWith(`“${words}”`)) return true;
      if (!`“${words}`.startsWith(said.slice(0, said.indexOf("”")))) break;
    }
    await this.page.keyboard.press("Escape");
    return false;
  }
}

/** What is said of the cursor is the word, with its labels after a colon. */
function isWord(said: string | null, word: string): boolean {
  return said !== null && said.split(": ")[0] === word;
}
