"use client";
import { type RefObject, useMemo, useState } from "react";
import type { DecisionKind } from "@/lib/domain/adjudication/decide";
import type { Item, Option } from "@/lib/domain/adjudication/items";
import { hull } from "@/lib/domain/annotation/state";
import type { Range, TextIndex } from "@/lib/domain/text/offsets";
import type { OpenAdjudication } from "@/lib/services/adjudications";
import type { DeskActions } from "./desk-keys";
import { allowedRange, moveEdge, selectedWords, wordTables } from "./edit-words";
import type { Desk } from "./use-desk";

/** What the keys and the text do at present: decide, choose words, or choose a label. */
export type Mode = { kind: "deciding" } | { kind: "editing"; range: Range } | { kind: "labelling" };

type Refs = {
  card: RefObject<HTMLElement | null>;
  note: RefObject<HTMLTextAreaElement | null>;
};

const DECIDING: Mode = { kind: "deciding" };

/** Everything that keys and buttons of the desk do. */
export function useDeskActions(
  desk: Desk,
  opened: OpenAdjudication,
  { index, refs, openRules }: { index: TextIndex; refs: Refs; openRules: () => void },
) {
  const [mode, setMode] = useState<Mode>(DECIDING);
  const { current, picked } = desk;
  const isOpen = opened.state === "open";
  const leave = () => {
    setMode(DECIDING);
    refs.card.current?.focus();
  };
  const decideOn = (kind: DecisionKind, more: { optionKeys?: string[]; label?: string } = {}) => {
    if (current === null || !isOpen) return;
    leave();
    void desk.settle(current, { kind, ...more });
  };
  const words = useWordEdit({ desk, opened, index, mode, setMode, leave });
  const optionAt = (place: number, act: (key: string) => void) => {
    const option = current?.options[place];
    if (option !== undefined) act(option.key);
  };
  const whenOpen = (act: () => void) => () => {
    if (isOpen) act();
  };
  const actions: DeskActions = {
    next: () => desk.move(1),
    previous: () => desk.move(-1),
    undecided: desk.toUndecided,
    accept: (place) => optionAt(place, (key) => decideOn("accept", { optionKeys: [key] })),
    pick: (place) => optionAt(place, (key) => desk.setPicked(toggled(picked, key))),
    merge: () => {
      if (current?.kind !== "span") return desk.setSaid("Only marks in the text can be merged.");
      const some = pickedOf(current, picked);
      const merged = some.length > 0 ? some : current.options;
      decideOn("merge", { optionKeys: merged.map(({ key }) => key) });
    },
    edit: whenOpen(words.begin),
    relabel: whenOpen(() => {
      if (current?.kind === "span") setMode({ kind: "labelling" });
    }),
    reject: () => decideOn("reject"),
    contested: () => {
      const some = current === null ? [] : pickedOf(current, picked);
      decideOn("contested", { optionKeys: some.slice(0, 1).map(({ key }) => key) });
    },
    undo: whenOpen(() => void desk.undo()),
    unanimous: whenOpen(() => void desk.takeByRule("unanimous")),
    rules: whenOpen(openRules),
    note: () => refs.note.current?.focus(),
    moveEdge: words.moveEdge,
    save: words.save,
    leave,
  };
  const giveLabel = (label: string) => {
    if (current !== null) decideOn("relabel", { optionKeys: [baseOf(current, picked)], label });
  };
  return { mode, actions, giveLabel, onSelect: words.select };
}

/** New boundaries: words chosen by the arrows or in the text, as the codebook allows. */
function useWordEdit({
  desk,
  opened,
  index,
  mode,
  setMode,
  leave,
}: {
  desk: Desk;
  opened: OpenAdjudication;
  index: TextIndex;
  mode: Mode;
  setMode: (mode: Mode) => void;
  leave: () => void;
}) {
  const { current, picked } = desk;
  const tables = useMemo(() => wordTables(opened.document), [opened.document]);
  const choose = (range: Range) => {
    setMode({ kind: "editing", range });
    desk.setSaid(index.slice(range.start, range.end));
  };
  /** What the codebook allows of a range; says why where that is nothing. */
  const allow = (range: Range): Range | null => {
    const layer = opened.codebook.layers.find(({ key }) => key === current?.layer);
    if (layer === undefined) return null;
    const allowed = allowedRange(range, layer.boundary, { index, tables });
    if (typeof allowed !== "string") return allowed;
    desk.setSaid(allowed);
    return null;
  };
  return {
    begin: () => {
      const option =
        current === null ? undefined : (pickedOf(current, picked)[0] ?? current.options[0]);
      if (option?.span === null || option === undefined) return;
      choose(hull(option.span));
    },
    moveEdge: (edge: "start" | "end", by: 1 | -1) => {
      if (mode.kind === "editing") choose(moveEdge(mode.range, { edge, by }, tables));
    },
    select: (root: HTMLElement) => {
      const range = mode.kind === "editing" ? selectedWords(root, index) : null;
      const allowed = range === null ? null : allow(range);
      if (allowed === null) return;
      // The words are shown as chosen; the browser's own selection would hide that.
      document.getSelection()?.removeAllRanges();
      choose(allowed);
    },
    save: () => {
      const allowed = mode.kind === "editing" ? allow(mode.range) : null;
      if (current === null || allowed === null) return;
      const { start, end } = allowed;
      leave();
      void desk.settle(current, {
        kind: "edit",
        optionKeys: [baseOf(current, picked)],
        ranges: [{ start, end, quote: index.slice(start, end) }],
      });
    },
  };
}

function pickedOf(item: Item, picked: readonly string[]): Option[] {
  return item.options.filter(({ key }) => picked.includes(key));
}

/** What other words or another label start from: the picked option, else that with most votes. */
function baseOf(item: Item, picked: readonly string[]): string {
  return (pickedOf(item, picked)[0] ?? item.options[0])?.key ?? "";
}

function toggled(picked: readonly string[], key: string): string[] {
  return picked.includes(key) ? picked.filter((each) => each !== key) : [...picked, key];
}
