"use client";
import { Dialog } from "@/components/ui/dialog";

const KEYS: readonly (readonly [title: string, rows: readonly (readonly [string, string])[]])[] = [
  [
    "Move",
    [
      ["← →", "previous, next word"],
      ["↑ ↓", "word above, below"],
      ["[ ]", "previous, next sentence"],
      ["{ } or Page ↑ ↓", "previous, next paragraph"],
      ["Home End", "edge of the line; with Ctrl of the article"],
    ],
  ],
  [
    "Choose words",
    [
      ["Shift + a move", "take the words along"],
      ["e", "up to the end of the sentence"],
      ["v", "the sentence; again, the paragraph"],
      ["Alt + ← →", "end by one character; with Shift the start"],
    ],
  ],
  [
    "Label",
    [
      ["1 … 9, letters", "give the label with this key"],
      ["r", "give the last label again"],
      ["Shift + r", "the same words elsewhere"],
      ["g", "keep giving the last label; again to stop"],
      ["a", "add the words to the last span"],
      ["u", "mark to discuss"],
      ["c", "comment"],
    ],
  ],
  [
    "Spans",
    [
      ["Space", "select the span here; again, the next one here"],
      ["n, Shift + n", "next, previous span"],
      ["Shift + ← →", "end by one word; with Ctrl the start"],
      ["Enter", "to its questions; Escape comes back"],
      ["Delete", "remove it"],
    ],
  ],
  [
    "Everywhere",
    [
      ["/", "find in the article"],
      ["Ctrl + Z", "undo; with Shift redo"],
      ["Ctrl + Enter", "submit"],
      ["Alt + Page ↓", "next document"],
      ["?", "these keys"],
    ],
  ],
];

/** The whole keyboard grammar on one sheet. */
export function KeyHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={onClose} size="wide">
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {KEYS.map(([title, rows]) => (
          <section key={title}>
            <h3 className="mb-1 text-[13px] font-semibold">{title}</h3>
            <dl className="grid grid-cols-[9rem_1fr] gap-y-1 text-[13px]">
              {rows.map(([keys, meaning]) => (
                <div key={keys} className="contents">
                  <dt className="font-mono text-ink-soft">{keys}</dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="mt-4 text-[13px] text-ink-soft">
        Letters work while the article has the focus: click it or press Tab until it is outlined.
      </p>
    </Dialog>
  );
}
