import type { Article } from "../article";
import type { Editor } from "./editor";

export type Point = { x: number; y: number };

/** What the runner calls in the page. */
export type Harness = {
  /** Fetches and parses the article: not part of what is measured. */
  prepare(url: string): Promise<void>;
  /** Milliseconds from the call to the frame that shows the first highlights, and all of them. */
  load(): Promise<{ first: number; all: number }>;
  /** Brings words into the middle of the page; where to press and release to select them. */
  aim(start: number, end: number): Promise<{ from: Point; to: Point }>;
  /** Gets ready for a span made by mouse; `created` then waits for it. */
  watchCreate(): void;
  created(): Promise<{ id: string; ms: number }>;
  remove(id: string): Promise<number>;
  relabel(id: string): Promise<number>;
  /** Milliseconds of each frame while the page is scrolled. */
  scroll(frames: number, step: number): Promise<number[]>;
  focusText(): void;
  startWatchingScripts(): void;
  /** The longest task and the longest single script, in milliseconds; 0 where none took 50 or more. */
  longestScript(): { task: number; script: number };
};

declare global {
  interface Window {
    bench: Harness;
  }
}

/** Makes an editor measurable. */
export function measure(editor: Editor): void {
  let article: Article | null = null;
  let watched: Promise<{ id: string; ms: number }> | null = null;
  const longest = { task: 0, script: 0 };
  window.bench = {
    async prepare(url) {
      const response = await fetch(url);
      article = (await response.json()) as Article;
      // All editors in the same state: with their fonts at hand.
      await Promise.allSettled([...document.fonts].map((font) => font.load()));
    },
    async load() {
      if (article === null) throw new Error("Prepare first.");
      const begun = performance.now();
      editor.start(article);
      const first = (await painted(() => editor.hasHighlights())) - begun;
      const all = (await painted(() => editor.hasAll())) - begun;
      return { first, all };
    },
    async aim(start, end) {
      const from = placeOf(editor.textRoot(), unbroken(article, start));
      from.node.parentElement?.scrollIntoView({ block: "center" });
      await frames(3);
      const to = placeOf(editor.textRoot(), unbroken(article, end) - 1);
      const first = boxOf(from);
      const last = boxOf(to);
      return {
        from: { x: first.left + 0.5, y: (first.top + first.bottom) / 2 },
        to: { x: last.right - 0.5, y: (last.top + last.bottom) / 2 },
      };
    },
    watchCreate() {
      editor.prepareCreate();
      watched = new Promise((resolve) => {
        const onUp = async (event: Event) => {
          const at = await painted(() => editor.created() !== null);
          resolve({ id: editor.created() ?? "", ms: at - event.timeStamp });
        };
        window.addEventListener("pointerup", onUp, { capture: true, once: true });
      });
    },
    created: () => watched ?? Promise.reject(new Error("Watch first.")),
    async remove(id) {
      editor.select(id);
      await frames(3);
      await anyMoment();
      const begun = performance.now();
      editor.remove(id);
      return (await painted(() => editor.isRemoved(id))) - begun;
    },
    async relabel(id) {
      editor.select(id);
      await frames(3);
      await anyMoment();
      const begun = performance.now();
      editor.relabel(id);
      return (await painted(() => editor.isRelabelled(id))) - begun;
    },
    scroll: (count, step) => scrollFrames(scrollerOf(editor.textRoot()), count, step),
    focusText: () => editor.textRoot().focus({ preventScroll: true }),
    startWatchingScripts() {
      longest.task = 0;
      longest.script = 0;
      observe("longtask", (entry) => {
        longest.task = Math.max(longest.task, entry.duration);
      });
      observe("long-animation-frame", (entry) => {
        const { scripts = [] } = entry as PerformanceEntry & { scripts?: { duration: number }[] };
        for (const { duration } of scripts) longest.script = Math.max(longest.script, duration);
      });
    },
    longestScript: () => longest,
  };
}

/** When a condition first holds in a frame, and that frame has been handed on to be painted. */
function painted(holds: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    const look = () => {
      if (holds()) port2.postMessage(null);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

async function frames(count: number): Promise<void> {
  for (let left = count; left > 0; left--) await new Promise(requestAnimationFrame);
}

/** Gestures fall anywhere between two frames. */
function anyMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 17));
}

/** An offset of the text without its line breaks, which editors show in different ways. */
function unbroken(article: Article | null, at: number): number {
  return (article?.text ?? "").slice(0, at).replaceAll("\n", "").length;
}

type Place = { node: Text; offset: number };

/** The text node and offset of the n-th character that is no line break. */
function placeOf(root: HTMLElement, nth: number): Place {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = nth;
  for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
    const length = node.data.replaceAll("\n", "").length;
    if (left < length) return { node, offset: left };
    left -= length;
  }
  throw new Error("This place is not in the text.");
}

function boxOf({ node, offset }: Place): DOMRect {
  const range = document.createRange();
  range.setStart(node, offset);
  range.setEnd(node, offset + 1);
  return range.getBoundingClientRect();
}

function scrollerOf(root: HTMLElement): Element {
  for (let at: HTMLElement | null = root; at !== null; at = at.parentElement) {
    const flow = getComputedStyle(at).overflowY;
    if (at.scrollHeight > at.clientHeight + 50 && (flow === "auto" || flow === "scroll")) return at;
  }
  return document.scrollingElement ?? document.documentElement;
}

/** Down, and back up at the end of the text. */
async function scrollFrames(scroller: Element, count: number, step: number): Promise<number[]> {
  scroller.scrollTop = 0;
  await frames(10);
  const times: number[] = [];
  let by = step;
  let before = await new Promise<number>(requestAnimationFrame);
  for (let left = count; left > 0; left--) {
    const was = scroller.scrollTop;
    scroller.scrollTop += by;
    if (scroller.scrollTop === was) by = -by;
    const now = await new Promise<number>(requestAnimationFrame);
    times.push(now - before);
    before = now;
  }
  return times;
}

function observe(type: string, take: (entry: PerformanceEntry) => void): void {
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type });
}
