"use client";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { shortNames } from "@/components/ui/compared-text/short-names";
import type { Item } from "@/lib/domain/adjudication/items";
import { labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { indexText } from "@/lib/domain/text/offsets";
import type { OpenAdjudication } from "@/lib/services/adjudications";
import { DESK_KEYS, deskKey } from "./desk-keys";
import { progressOf, type Show } from "./desk-state";
import { DeskText, GOLD } from "./desk-text";
import { FinishBar } from "./finish-bar";
import { ItemList } from "./item-list";
import { QuestionCard } from "./question-card";
import { RuleDialog } from "./rule-dialog";
import { useDesk } from "./use-desk";
import { useDeskActions } from "./use-desk-actions";
import { differenceWords } from "./words";

/** The page on which one document is adjudicated, by keyboard or pointer. */
export function Desk({
  projectId,
  opened,
  firstItem,
}: {
  projectId: string;
  opened: OpenAdjudication;
  firstItem: string | null;
}) {
  const { document, annotators, items } = opened;
  const isOpen = opened.state === "open";
  const desk = useDesk(projectId, opened, firstItem);
  const { current, standing, list } = desk;
  const [isRuleOpen, setRuleOpen] = useState(false);
  const cardRef = useRef<HTMLDivElement>(null);
  const noteRef = useRef<HTMLTextAreaElement>(null);
  const { naming, drawing, titleOf } = useNaming(opened);
  const refs = { card: cardRef, note: noteRef };
  const openRules = () => setRuleOpen(true);
  const { mode, actions, ...done } = useDeskActions(desk, opened, {
    ...{ index: drawing.text, refs, openRules },
  });
  const chosen = mode.kind === "editing" ? mode.range : null;
  const go = useLatest(desk.go);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isRuleOpen && deskKey(event, mode.kind, actions)) event.preventDefault();
  };
  const place = list.findIndex(({ key }) => key === current?.key) + 1;
  const heading = current === null ? "" : `${place} of ${list.length}: ${titleOf(current)}`;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys work wherever the focus is in here
    <div onKeyDown={onKeyDown} className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_400px]">
      <div className="min-w-0">
        <p className="mb-3 text-[13px] text-ink-soft">
          First row: what you decided. Below it one row per annotator, from above:{" "}
          {annotators.map(({ name }) => name).join(", ")}.
        </p>
        <DeskText
          {...{ document, annotators, items, current, chosen, drawing }}
          gold={standing.gold}
          onSelect={done.onSelect}
        />
      </div>
      <aside
        aria-label="Decisions"
        className="sticky bottom-0 z-10 flex max-h-[55vh] flex-col gap-3 overflow-y-auto bg-canvas pb-2 lg:top-16 lg:bottom-auto lg:max-h-[calc(100vh-5rem)] lg:self-start"
      >
        {current === null ? (
          <p className="rounded-md border border-line bg-surface px-3 py-4 text-sm text-ink-soft">
            Nobody marked or answered anything: there is nothing to decide. Finish to say that this
            document has no annotation.
          </p>
        ) : (
          <QuestionCard
            {...{ cardRef, noteRef, heading, isOpen, mode, naming, actions }}
            item={current}
            decision={standing.decisions.get(current.key)}
            difference={differenceWords(current, annotators.length)}
            chosenWords={chosen === null ? "" : drawing.text.slice(chosen.start, chosen.end)}
            picked={desk.picked}
            why={desk.why}
            onWhy={desk.setWhy}
            onLabel={done.giveLabel}
          />
        )}
        <ListBar show={desk.show} onShow={desk.setShow} onRules={isOpen ? openRules : null} />
        <div className="rounded-md border border-line bg-surface lg:min-h-24 lg:overflow-y-auto">
          <ItemList
            list={list}
            currentKey={current?.key ?? null}
            decisions={standing.decisions}
            annotators={annotators.length}
            titleOf={titleOf}
            onGo={go}
          />
        </div>
        <FinishBar
          {...{ projectId, isOpen }}
          adjudicationId={opened.adjudicationId}
          items={items.length}
          progress={progressOf(items, standing)}
          onUndecided={actions.undecided}
          onUnanimous={actions.unanimous}
        />
      </aside>
      <p aria-live="polite" className="sr-only">
        {desk.said} {heading}
      </p>
      {isRuleOpen ? (
        <RuleDialog
          {...{ items, standing }}
          annotators={annotators.length}
          onClose={() => setRuleOpen(false)}
          onTake={(rule) => {
            setRuleOpen(false);
            void desk.takeByRule(rule);
          }}
        />
      ) : null}
    </div>
  );
}

const SHOWS: readonly [Show, string][] = [
  ["undecided", "Undecided"],
  ["disputed", "Disputed"],
  ["all", "All"],
];

function ListBar({
  show,
  onShow,
  onRules,
}: {
  show: Show;
  onShow: (show: Show) => void;
  onRules: (() => void) | null;
}) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">What to list</legend>
      {SHOWS.map(([key, name]) => (
        <Button
          key={key}
          size="small"
          tone={show === key ? "primary" : "plain"}
          aria-pressed={show === key}
          onClick={() => onShow(key)}
        >
          {name}
        </Button>
      ))}
      {onRules === null ? null : (
        <Button
          size="small"
          className="ml-auto"
          aria-keyshortcuts={DESK_KEYS.rules}
          onClick={onRules}
        >
          Decide by rule
          <kbd aria-hidden className="font-mono text-xs text-ink-soft">
            {DESK_KEYS.rules}
          </kbd>
        </Button>
      )}
    </fieldset>
  );
}

/** Names and looks of what the codebook has, and what the text is drawn with. */
function useNaming({ codebook, annotators, document }: OpenAdjudication) {
  return useMemo(() => {
    const text = indexText(document.text);
    const looks = labelLooks(codebook);
    const labels = new Map(
      codebook.layers.flatMap((layer) =>
        layer.labels.map(({ key, name }): [string, string] => [lookKey(layer.key, key), name]),
      ),
    );
    const titleOf = ({ quote, layer, unit, start, end }: Item) => {
      if (quote !== "") return quote;
      const name = codebook.layers.find(({ key }) => key === layer)?.name ?? layer;
      return `${name}: ${unit === "document" ? "the document" : text.slice(start, end)}`;
    };
    return {
      naming: { codebook, looks, names: new Map(annotators.map(({ id, name }) => [id, name])) },
      drawing: {
        text,
        looks,
        names: new Map([...shortNames(annotators), [GOLD, "Gold"]]),
        labelName: (span: { layer: string; label: string }) =>
          labels.get(lookKey(span.layer, span.label)) ?? span.label,
      },
      titleOf,
    };
  }, [codebook, annotators, document]);
}

/** A function that stays the same and does what the latest one does. */
function useLatest<T>(act: (value: T) => void): (value: T) => void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  return useCallback((value: T) => latest.current(value), []);
}
