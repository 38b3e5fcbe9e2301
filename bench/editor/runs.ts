/** Runs of one editor over one article, by real mouse and keyboard, and what they measured. */
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import type { Article } from "./article";

export const EDITORS = [
  "framemark-text",
  "framemark-workspace",
  "recogito",
  "label-studio",
] as const;
/** The problem of a run that took longer than it was given. */
export const OUT_OF_TIME = "time is up";

export type EditorName = (typeof EDITORS)[number];

/** Milliseconds, but for memory (MB); undefined where the run did not get there in time. */
export type Measured = {
  first?: number;
  all?: number;
  create: number[];
  remove: number[];
  relabel: number[];
  scroll: number[];
  heap?: number;
  nodes?: number;
  /** Only where keys were typed. */
  longestTask?: number;
  longestScript?: number;
  /** What was being done last. */
  stage: string;
  /** What went wrong, if something did. */
  problem?: string;
};

export type RunOptions = {
  browser: Browser;
  address: string;
  editor: EditorName;
  article: Article;
  articleUrl: string;
  /** Milliseconds after which an editor is given up. */
  limit: number;
  edits: number;
  frames: number;
};

export async function runOnce(options: RunOptions): Promise<Measured> {
  const measured: Measured = { create: [], remove: [], relabel: [], scroll: [], stage: "load" };
  let context: BrowserContext | undefined;
  try {
    context = await options.browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await within(Date.now() + options.limit, () => work(page, options, measured));
  } catch (error) {
    measured.problem =
      error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  } finally {
    // A page that is stuck in its own script does not close by being asked.
    await Promise.race([context?.close(), pause(3000)]).catch(() => {});
  }
  return measured;
}

async function work(page: Page, options: RunOptions, measured: Measured): Promise<void> {
  await page.goto(`${options.address}/page/${options.editor}`);
  await page.waitForFunction(() => window.bench !== undefined);
  await page.evaluate((url) => window.bench.prepare(url), options.articleUrl);
  await pause(300);
  const { first, all } = await page.evaluate(() => window.bench.load());
  measured.first = first;
  measured.all = all;
  measured.stage = "scroll";
  await pause(1000);
  await page.evaluate(() => window.bench.scroll(30, 160));
  measured.scroll = await page.evaluate((count) => window.bench.scroll(count, 160), options.frames);
  const session = await page.context().newCDPSession(page);
  await takeMemory(session, measured);
  for (let at = 0; at < options.edits; at++) {
    await editOnce(page, placeFor(options.article, at, options.edits), measured);
  }
  if (options.editor.startsWith("framemark")) await typeKeys(page, measured);
}

type Words = { start: number; end: number };

/** Three words in a block somewhere on the way through the article. */
function placeFor({ blocks, tokens }: Article, at: number, of: number): Words {
  const bodies = blocks.filter((block) => block.role === "body");
  const block = bodies[Math.floor(((at + 0.5) / of) * bodies.length)];
  let first = 0;
  while ((tokens[first * 2] ?? Number.POSITIVE_INFINITY) < (block?.start ?? 0)) first++;
  first += 3;
  return { start: tokens[first * 2] ?? 0, end: tokens[(first + 2) * 2 + 1] ?? 0 };
}

async function editOnce(page: Page, words: Words, measured: Measured): Promise<void> {
  // Before aiming: what is selected may take room.
  await page.evaluate(() => window.bench.watchCreate());
  const { from, to } = await page.evaluate(({ start, end }) => window.bench.aim(start, end), words);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  // Recogito takes anything below 300 ms for a click, and then waits.
  await pause(350);
  await page.mouse.up();
  measured.stage = "create";
  const { id, ms } = await page.evaluate(() => window.bench.created());
  measured.create.push(ms);
  await pause(300);
  measured.stage = "change label";
  measured.relabel.push(await page.evaluate((each) => window.bench.relabel(each), id));
  await pause(300);
  measured.stage = "delete";
  measured.remove.push(await page.evaluate((each) => window.bench.remove(each), id));
  await pause(300);
}

async function takeMemory(session: CDPSession, measured: Measured): Promise<void> {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  const metric = (name: string) => metrics.find((each) => each.name === name)?.value;
  const heap = metric("JSHeapUsedSize");
  if (heap !== undefined) measured.heap = heap / 2 ** 20;
  measured.nodes = metric("Nodes");
}

/** Moves, selections, labels, steps from span to span, deletions and undo, as fast as a person types. */
async function typeKeys(page: Page, measured: Measured): Promise<void> {
  measured.stage = "type";
  await page.evaluate(() => window.bench.focusText());
  await page.evaluate(() => window.bench.startWatchingScripts());
  const round = [
    ...Array<string>(8).fill("ArrowRight"),
    ..."Shift+ArrowRight Shift+ArrowRight 3 4 Escape ArrowDown ArrowDown".split(" "),
    ..."5 n n N Space 2 Delete Control+z ArrowUp ] ] v 1 Delete PageDown".split(" "),
  ];
  for (let times = 0; times < 2; times++) {
    for (const key of round) {
      await page.keyboard.press(key);
      await pause(50);
    }
  }
  await pause(300);
  const { task, script } = await page.evaluate(() => window.bench.longestScript());
  measured.longestTask = task;
  measured.longestScript = script;
}

async function within(until: number, act: () => Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(OUT_OF_TIME)), until - Date.now());
  });
  try {
    await Promise.race([act(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
