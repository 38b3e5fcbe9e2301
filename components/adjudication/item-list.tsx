import clsx from "clsx";
import { memo } from "react";
import { type Item, isDisputed } from "@/lib/domain/adjudication/items";
import { shorten } from "@/lib/domain/wording";
import type { Decision } from "@/lib/services/decision-store";
import { differenceWords, KIND_WORDS } from "./words";

/** The items in the order of the text, with what was decided on each. */
export function ItemList({
  list,
  currentKey,
  decisions,
  annotators,
  titleOf,
  onGo,
}: {
  list: readonly Item[];
  currentKey: string | null;
  decisions: ReadonlyMap<string, Decision>;
  annotators: number;
  titleOf: (item: Item) => string;
  onGo: (item: Item) => void;
}) {
  return (
    <ol className="divide-y divide-line">
      {list.map((item) => (
        <ItemRow
          key={item.key}
          item={item}
          isCurrent={item.key === currentKey}
          decision={decisions.get(item.key)}
          annotators={annotators}
          title={titleOf(item)}
          onGo={onGo}
        />
      ))}
    </ol>
  );
}

const ItemRow = memo(
  function ItemRow({
    item,
    isCurrent,
    decision,
    annotators,
    title,
    onGo,
  }: {
    item: Item;
    isCurrent: boolean;
    decision: Decision | undefined;
    annotators: number;
    title: string;
    onGo: (item: Item) => void;
  }) {
    return (
      <li className="[content-visibility:auto] [contain-intrinsic-size:auto_44px]">
        <button
          type="button"
          aria-current={isCurrent ? "true" : undefined}
          onClick={() => onGo(item)}
          className={clsx(
            "flex w-full items-start gap-2 px-3 py-1.5 text-left text-[13px] -outline-offset-2",
            isCurrent ? "bg-accent-soft" : "hover:bg-sunken",
          )}
        >
          <span className="min-w-0 flex-1">
            <span className="block truncate font-serif text-[15px]">{shorten(title, 90)}</span>
            <span className="block text-ink-soft">{differenceWords(item, annotators)}</span>
          </span>
          <span
            className={clsx(
              "shrink-0 pt-0.5",
              decision === undefined ? "text-ink-soft" : "font-medium text-good",
              decision?.kind === "contested" && "text-warn",
            )}
          >
            {decision === undefined
              ? isDisputed(item)
                ? "to decide"
                : "to accept"
              : decision.isProposal
                ? "proposed"
                : KIND_WORDS[decision.kind]}
          </span>
        </button>
      </li>
    );
  },
  (before, after) =>
    before.item === after.item &&
    before.isCurrent === after.isCurrent &&
    before.decision === after.decision &&
    before.title === after.title &&
    // What it does changes with the decisions; the row that is asked about next is drawn anew then.
    before.onGo === after.onGo,
);
