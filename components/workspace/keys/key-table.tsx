"use client";
import clsx from "clsx";
import { X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { COMMAND_GROUPS, COMMANDS, commandMeaning } from "@/lib/domain/keyboard/commands";
import {
  giveKey,
  type KeyChange,
  type KeyTarget,
  type LabelKey,
  lostKeys,
  resetKey,
  withoutKey,
} from "@/lib/domain/keyboard/key-settings";
import { type KeySettings, makeKeymap, NO_KEY_SETTINGS } from "@/lib/domain/keyboard/keymap";
import { type Stroke, strokeName, strokesOf } from "@/lib/domain/keyboard/strokes";

/** Answers what stood against it, if anything. */
export type ChangeKeys = (settings: KeySettings) => Promise<string | null>;

/** A key that was pressed for something and cannot simply be given to it. */
type Question = {
  target: KeyTarget;
  stroke: Stroke;
  answer: Exclude<KeyChange, { outcome: "changed" }>;
};

/** Every command and label with its keys; where they can be changed, each with the ways to do so. */
export function KeyTable({
  settings,
  labels,
  isChanging,
  onChange,
}: {
  settings: KeySettings;
  /** Labels of the codebook at hand, if any. */
  labels: readonly LabelKey[];
  isChanging: boolean;
  onChange: ChangeKeys;
}) {
  const [asked, setAsked] = useState<KeyTarget | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const [told, setTold] = useState("");
  const keymap = makeKeymap(settings);

  const change = async (next: KeySettings, done: string) => {
    setAsked(null);
    setQuestion(null);
    setTold((await onChange(next)) ?? done);
  };
  const take = (target: KeyTarget, stroke: Stroke) => {
    const answer = giveKey(settings, { target, stroke }, labels);
    if (answer.outcome === "changed") {
      return change(
        answer.settings,
        `${strokeName(stroke)} is now the key of “${nameOf(target, labels)}”.`,
      );
    }
    setAsked(null);
    setTold("");
    setQuestion({ target, stroke, answer });
  };
  const row = (target: KeyTarget, strokes: readonly Stroke[], isOwn: boolean) => (
    <KeyRow
      key={target.id}
      name={nameOf(target, labels)}
      strokes={strokes}
      isChanging={isChanging && target.id !== "clear"}
      isOwn={isOwn}
      isAsked={isSame(asked, target)}
      note={target.kind === "command" ? noteOf(settings, target.id) : null}
      question={isSame(question?.target ?? null, target) ? question : null}
      onAsk={() => {
        setQuestion(null);
        setAsked(target);
      }}
      onGiveUp={() => {
        setAsked(null);
        setQuestion(null);
      }}
      onStroke={(stroke) => void take(target, stroke)}
      onTake={(next) => void change(next, `The key belongs to “${nameOf(target, labels)}” now.`)}
      onRemove={(stroke) =>
        void change(
          withoutKey(settings, target, stroke),
          `${strokeName(stroke)} does nothing here any more.`,
        )
      }
      onReset={() =>
        void change(
          resetKey(settings, target),
          `“${nameOf(target, labels)}” has its usual key again.`,
        )
      }
    />
  );
  return (
    <div>
      <div className="mb-3 flex min-h-7 items-center justify-between gap-3 text-[13px]">
        <p
          role="status"
          aria-live="polite"
          aria-label="What became of the keys"
          className="text-ink-soft"
        >
          {told}
        </p>
        {isChanging && isAnythingOwn(settings) ? (
          <Button
            size="small"
            onClick={() => void change(NO_KEY_SETTINGS, "All keys are as shipped.")}
          >
            Reset all keys
          </Button>
        ) : null}
      </div>
      <div className={isChanging ? "" : "gap-8 sm:columns-2"}>
        {labels.length > 0 ? (
          <KeyGroup title="Labels of this codebook">
            {labels.map(({ id, stroke }) =>
              row(
                { kind: "label", id },
                stroke === undefined ? [] : [stroke],
                id in settings.labels,
              ),
            )}
          </KeyGroup>
        ) : null}
        {Object.entries(COMMAND_GROUPS).map(([group, title]) => (
          <KeyGroup key={group} title={title}>
            {COMMANDS.filter((command) => command.group === group).map(({ id }) =>
              row(
                { kind: "command", id },
                keymap.strokes.get(id) ?? [],
                settings.commands[id] !== undefined,
              ),
            )}
          </KeyGroup>
        ))}
      </div>
    </div>
  );
}

function KeyGroup({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="mb-4">
      <h3 className="mb-1 text-[13px] font-semibold">{title}</h3>
      <ul aria-label={title} className="text-[13px]">
        {children}
      </ul>
    </section>
  );
}

function KeyRow(props: KeyRowProps) {
  const { name, isChanging, note, question, onTake, onGiveUp } = props;
  return (
    <li
      className={clsx(
        "flex flex-wrap break-inside-avoid gap-x-3 gap-y-1",
        isChanging
          ? "items-center border-b border-line py-1 last:border-b-0"
          : "items-baseline py-px",
      )}
    >
      <KeyCaps {...props} />
      <span className="min-w-40 flex-1">{name}</span>
      {isChanging ? <KeyButtons {...props} /> : null}
      {note !== null && isChanging ? <p className="w-full text-ink-soft">{note}</p> : null}
      {question === null ? null : (
        <div role="alert" className="flex w-full flex-wrap items-center gap-2 text-warn">
          {question.answer.message}
          {question.answer.outcome === "conflict" ? (
            <>
              <TakeButton question={question} onTake={onTake} />
              <Button size="small" tone="quiet" onClick={onGiveUp}>
                Leave it there
              </Button>
            </>
          ) : null}
        </div>
      )}
    </li>
  );
}

type KeyRowProps = {
  name: string;
  strokes: readonly Stroke[];
  isChanging: boolean;
  /** Changed by the person. */
  isOwn: boolean;
  /** The next key is for this one. */
  isAsked: boolean;
  note: string | null;
  question: Question | null;
  onAsk: () => void;
  onGiveUp: () => void;
  onStroke: (stroke: Stroke) => void;
  onTake: (settings: KeySettings) => void;
  onRemove: (stroke: Stroke) => void;
  onReset: () => void;
};

function KeyCaps({ name, strokes, isChanging, onRemove }: KeyRowProps) {
  return (
    <span className="flex w-32 shrink-0 flex-wrap gap-1">
      {strokes.length === 0 ? <span className="text-ink-faint">no key</span> : null}
      {strokes.map((stroke) => (
        <kbd
          key={stroke}
          className="inline-flex min-h-5 items-center gap-1 rounded border border-line bg-sunken px-1.5 font-mono text-xs"
        >
          {strokeName(stroke)}
          {isChanging ? (
            <button
              type="button"
              aria-label={`Take ${strokeName(stroke)} away from: ${name}`}
              className="-me-1 inline-flex size-6 items-center justify-center rounded text-ink-soft hover:text-ink"
              onClick={() => onRemove(stroke)}
            >
              <X aria-hidden size={12} />
            </button>
          ) : null}
        </kbd>
      ))}
    </span>
  );
}

function KeyButtons({ name, isOwn, isAsked, onAsk, onGiveUp, onStroke, onReset }: KeyRowProps) {
  return (
    <span className="flex flex-wrap gap-1">
      {isOwn ? (
        <Button size="small" tone="quiet" aria-label={`Reset: ${name}`} onClick={onReset}>
          Reset
        </Button>
      ) : null}
      {isAsked ? (
        <Button
          size="small"
          aria-label={`Press the new key for: ${name}`}
          aria-pressed
          onClick={onGiveUp}
          onBlur={onGiveUp}
          onKeyDown={(event) => listen(event, { onGiveUp, onStroke })}
        >
          Press a key…
        </Button>
      ) : (
        <Button size="small" aria-label={`New key for: ${name}`} onClick={onAsk}>
          New key
        </Button>
      )}
    </span>
  );
}

function TakeButton({
  question: { answer },
  onTake,
}: {
  question: Question;
  onTake: (settings: KeySettings) => void;
}) {
  if (answer.outcome !== "conflict") return null;
  return (
    <Button size="small" onClick={() => onTake(answer.settings)}>
      Use it here instead
    </Button>
  );
}

/** Takes the pressed key; Escape gives up. Keys that only change others are waited out. */
function listen(
  event: KeyboardEvent,
  { onGiveUp, onStroke }: { onGiveUp: () => void; onStroke: (stroke: Stroke) => void },
): void {
  const [stroke] = strokesOf(event);
  // A key held down since it pressed this button is not meant.
  if (event.repeat) return event.preventDefault();
  if (stroke === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (stroke === "Escape") onGiveUp();
  else onStroke(stroke);
}

function isSame(one: KeyTarget | null, other: KeyTarget): boolean {
  return one !== null && one.kind === other.kind && one.id === other.id;
}

function nameOf(target: KeyTarget, labels: readonly LabelKey[]): string {
  if (target.kind === "command") return commandMeaning(target.id);
  return labels.find(({ id }) => id === target.id)?.name ?? target.id;
}

function noteOf(settings: KeySettings, id: (KeyTarget & { kind: "command" })["id"]): string | null {
  if (settings.commands[id] !== undefined) return null;
  const lost = lostKeys(makeKeymap(settings), id);
  if (lost.length === 0) return null;
  return lost
    .map(
      ({ stroke, to }) =>
        `Its usual key ${strokeName(stroke)} is now that of “${commandMeaning(to)}”.`,
    )
    .join(" ");
}

function isAnythingOwn({ commands, labels }: KeySettings): boolean {
  return Object.keys(commands).length + Object.keys(labels).length > 0;
}
