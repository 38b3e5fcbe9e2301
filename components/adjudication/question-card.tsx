"use client";
import { type RefObject, useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Swatch } from "@/components/ui/swatch";
import { DECISION_REASONS } from "@/lib/domain/adjudication/decide";
import type { Item } from "@/lib/domain/adjudication/items";
import { lookKey } from "@/lib/domain/codebook/looks";
import { shorten } from "@/lib/domain/wording";
import type { Decision } from "@/lib/services/decision-store";
import { DESK_KEYS, type DeskActions } from "./desk-keys";
import { type Naming, OptionLine } from "./option-line";
import type { Why } from "./use-desk";
import type { Mode } from "./use-desk-actions";
import { KIND_WORDS, REASON_NAMES } from "./words";

/** The item in question: who says what, and what can be done. */
export function QuestionCard(props: {
  cardRef: RefObject<HTMLDivElement | null>;
  noteRef: RefObject<HTMLTextAreaElement | null>;
  heading: string;
  item: Item;
  decision: Decision | undefined;
  difference: string;
  isOpen: boolean;
  mode: Mode;
  chosenWords: string;
  picked: readonly string[];
  why: Why;
  naming: Naming;
  actions: DeskActions;
  onWhy: (why: Why) => void;
  onLabel: (label: string) => void;
}) {
  const { cardRef, item, decision, isOpen, mode, naming, actions, picked } = props;
  const absent = item.absent.map((id) => naming.names.get(id) ?? "").join(", ");
  useEffect(() => {
    // The keys work from the first moment; who is in a field already stays there.
    if (document.activeElement === document.body) cardRef.current?.focus({ preventScroll: true });
  }, [cardRef]);
  return (
    <section
      ref={cardRef}
      tabIndex={-1}
      aria-label="In question"
      className="rounded-md border border-line-strong bg-surface p-3 -outline-offset-2"
    >
      <h2 className="mb-0.5 line-clamp-2 text-[15px] font-semibold">
        {shorten(props.heading, 140)}
      </h2>
      <p className="mb-2 flex flex-wrap gap-x-2 text-[13px] text-ink-soft">
        <span>{props.difference}.</span>
        {decision === undefined ? null : <Decided decision={decision} />}
      </p>
      {mode.kind === "editing" ? (
        <Editing words={props.chosenWords} actions={actions} />
      ) : mode.kind === "labelling" ? (
        <Labels item={item} naming={naming} onLabel={props.onLabel} onLeave={actions.leave} />
      ) : (
        <>
          <ol className="flex flex-col gap-1">
            {item.options.map((option, place) => (
              <OptionLine
                key={option.key}
                option={option}
                layerKey={item.layer}
                number={place + 1}
                isTaken={isTaken(decision, option.key)}
                isPicked={picked.includes(option.key)}
                isDisabled={!isOpen}
                naming={naming}
                onAccept={() => actions.accept(place)}
                onPick={() => actions.pick(place)}
              />
            ))}
          </ol>
          {absent === "" ? null : (
            <p className="mt-1.5 text-[13px] text-ink-soft">
              {item.kind === "span" ? "Not marked" : "Not answered"} by {absent}.
            </p>
          )}
          {isOpen ? (
            <>
              <ActionRow item={item} actions={actions} />
              <WhyFields why={props.why} noteRef={props.noteRef} onWhy={props.onWhy} />
            </>
          ) : null}
        </>
      )}
    </section>
  );
}

function isTaken(decision: Decision | undefined, key: string): boolean {
  return decision !== undefined && decision.kind !== "reject" && decision.optionKeys.includes(key);
}

function Decided({ decision }: { decision: Decision }) {
  const by = decision.rule === null ? decision.decidedBy : `the rule “${decision.rule}”`;
  const sure =
    decision.confidence === null ? "" : `, ${Math.round(decision.confidence * 100)} % sure`;
  return (
    <span className="text-ink">
      {decision.isProposal ? "Proposed" : "Decided"}: {KIND_WORDS[decision.kind]}
      {by === null ? "" : ` by ${by}`}
      {sure}.
    </span>
  );
}

function ActionRow({ item, actions }: { item: Item; actions: DeskActions }) {
  const isSpan = item.kind === "span";
  return (
    <div className="mt-2 flex flex-wrap gap-1">
      {isSpan && item.options.length > 1 ? (
        <Act letter={DESK_KEYS.merge} name="Merge" onPress={actions.merge} />
      ) : null}
      {isSpan ? <Act letter={DESK_KEYS.edit} name="Edit words" onPress={actions.edit} /> : null}
      {isSpan ? <Act letter={DESK_KEYS.relabel} name="Label" onPress={actions.relabel} /> : null}
      <Act letter={DESK_KEYS.reject} name="Reject" onPress={actions.reject} />
      <Act letter={DESK_KEYS.contested} name="Contested" onPress={actions.contested} />
      <Act letter={DESK_KEYS.undo} name="Undo" onPress={actions.undo} />
      <span className="ml-auto flex gap-1">
        <Act letter="k" name="Previous" onPress={actions.previous} />
        <Act letter="j" name="Next" onPress={actions.next} />
      </span>
    </div>
  );
}

function Act({ letter, name, onPress }: { letter: string; name: string; onPress: () => void }) {
  return (
    <Button size="small" aria-keyshortcuts={letter} onClick={onPress}>
      {name}
      <kbd aria-hidden className="font-mono text-xs text-ink-soft">
        {letter}
      </kbd>
    </Button>
  );
}

function WhyFields({
  why,
  noteRef,
  onWhy,
}: {
  why: Why;
  noteRef: RefObject<HTMLTextAreaElement | null>;
  onWhy: (why: Why) => void;
}) {
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <label className="flex items-center gap-1.5 text-[13px]">
        Why they differ
        <select
          value={why.reason ?? ""}
          onChange={({ target }) =>
            onWhy({
              ...why,
              reason: DECISION_REASONS.find((each) => each === target.value) ?? null,
            })
          }
          className="h-7 rounded-md border border-line-strong bg-surface px-1.5 text-[13px]"
        >
          <option value="">not said</option>
          {DECISION_REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {REASON_NAMES[reason]}
            </option>
          ))}
        </select>
      </label>
      <textarea
        ref={noteRef}
        rows={1}
        aria-label="Note on this decision"
        placeholder="Note (t)"
        value={why.note}
        maxLength={2_000}
        onChange={({ target }) => onWhy({ ...why, note: target.value })}
        className="min-w-32 flex-1 rounded-md border border-line-strong bg-surface px-2 py-1 text-[13px] placeholder:text-ink-faint"
      />
      <p className="w-full text-xs text-ink-soft">
        Say why before you decide: it is kept with the decision. Shift and a number picks options to
        merge, or the one that a contested item shows.
      </p>
    </div>
  );
}

function Editing({ words, actions }: { words: string; actions: DeskActions }) {
  return (
    <div className="flex flex-col gap-2 text-[13px]">
      <p className="rounded-md border border-accent bg-accent-soft px-2 py-1.5 font-serif text-[15px]">
        “{words}”
      </p>
      <p className="text-ink-soft">
        Select words in the text, or move the end with ← and →, and the start with Shift and the
        arrows. The codebook’s rules for the edges hold.
      </p>
      <div className="flex flex-wrap gap-1">
        <Button size="small" onClick={() => actions.moveEdge("start", -1)}>
          Start earlier
        </Button>
        <Button size="small" onClick={() => actions.moveEdge("start", 1)}>
          Start later
        </Button>
        <Button size="small" onClick={() => actions.moveEdge("end", -1)}>
          End earlier
        </Button>
        <Button size="small" onClick={() => actions.moveEdge("end", 1)}>
          End later
        </Button>
      </div>
      <div className="flex gap-1">
        <Button size="small" tone="primary" onClick={actions.save}>
          Take these words
        </Button>
        <Button size="small" onClick={actions.leave}>
          Leave it
        </Button>
      </div>
    </div>
  );
}

function Labels({
  item,
  naming,
  onLabel,
  onLeave,
}: {
  item: Item;
  naming: Naming;
  onLabel: (label: string) => void;
  onLeave: () => void;
}) {
  const labels = (
    naming.codebook.layers.find(({ key }) => key === item.layer)?.labels ?? []
  ).filter(({ selectable, archived }) => selectable && !archived);
  return (
    <div>
      <p className="mb-1 text-[13px] text-ink-soft">
        Which label do these words get? Type its first letter or use Tab.
      </p>
      <ul
        className="flex max-h-60 flex-col gap-1 overflow-y-auto"
        onKeyDown={(event) => focusByLetter(event.currentTarget, event.key)}
      >
        {labels.map(({ key, name }, place) => {
          const look = naming.looks.get(lookKey(item.layer, key));
          return (
            <li key={key}>
              <button
                type="button"
                ref={place === 0 ? focusNow : undefined}
                onClick={() => onLabel(key)}
                className="flex w-full items-center gap-2 rounded-md border border-line px-2 py-1 text-left text-[13px] -outline-offset-2 hover:bg-sunken"
              >
                {look ? <Swatch colour={look.colour} code={look.code} /> : null}
                {name}
              </button>
            </li>
          );
        })}
      </ul>
      <Button size="small" className="mt-2" onClick={onLeave}>
        Leave it
      </Button>
    </div>
  );
}

function focusNow(button: HTMLButtonElement | null): void {
  button?.focus();
}

/** The next label that begins with a letter, or by the arrows the one below or above. */
function focusByLetter(list: HTMLElement, key: string): void {
  const buttons = [...list.querySelectorAll("button")];
  const at = buttons.findIndex((each) => each.matches(":focus"));
  if (key === "ArrowDown") buttons[at + 1]?.focus();
  else if (key === "ArrowUp") buttons[at - 1]?.focus();
  else if ([...key].length === 1) {
    const after = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)];
    const begins = (button: HTMLElement) =>
      // The swatch comes first in the button; its code is no part of the name.
      button.lastChild?.textContent?.toLowerCase().startsWith(key.toLowerCase()) ?? false;
    after.find(begins)?.focus();
  }
}
