"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import type { mergeByRule } from "@/lib/actions/adjudication";
import type { Item } from "@/lib/domain/adjudication/items";
import { MERGE_RULES } from "@/lib/domain/adjudication/merge";
import { counted } from "@/lib/domain/wording";
import { countByRule, type Standing } from "./desk-state";

type Rule = Parameters<typeof mergeByRule>[0]["rule"];
type Choice = "unanimous" | "majority" | "anyone" | "threshold";

const CHOICES: readonly [Choice, string, string][] = [
  ["unanimous", "Unanimous", "All annotators say the same."],
  ["majority", "Majority", "More than half say the same; silence counts as a vote."],
  ["anyone", "Most votes", "What has the most votes, even one; silence does not count."],
  ["threshold", "Thresholds", "At least so many votes and so large a share."],
];

/** Decides what nobody has decided by a rule, with how much that would be. */
export function RuleDialog({
  items,
  standing,
  annotators,
  onClose,
  onTake,
}: {
  items: readonly Item[];
  standing: Standing;
  annotators: number;
  onClose: () => void;
  onTake: (rule: Rule) => void;
}) {
  const [choice, setChoice] = useState<Choice>("unanimous");
  const [votes, setVotes] = useState(Math.max(1, Math.min(2, annotators)));
  const [percent, setPercent] = useState(60);
  const merge =
    choice === "threshold"
      ? { minimumVotes: votes, minimumShare: percent / 100 }
      : MERGE_RULES[choice];
  const open = items.filter(({ key }) => !standing.decisions.has(key)).length;
  const count = countByRule(items, standing, { merge, annotators });
  return (
    <Dialog title="Decide by rule" isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          onTake(choice === "threshold" ? merge : choice);
        }}
      >
        <fieldset className="flex flex-col gap-1.5">
          <legend className="sr-only">Rule</legend>
          {CHOICES.map(([key, name, meaning]) => (
            <label key={key} className="flex items-start gap-2 text-sm">
              <input
                type="radio"
                name="rule"
                checked={choice === key}
                onChange={() => setChoice(key)}
                className="mt-1 size-4 accent-(--accent)"
              />
              <span>
                <span className="font-medium">{name}</span>
                <span className="block text-[13px] text-ink-soft">{meaning}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {choice === "threshold" ? (
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label="Votes at least"
              type="number"
              min={1}
              max={annotators}
              value={votes}
              onChange={({ target }) => setVotes(bounded(target.value, 1, 1_000))}
            />
            <TextField
              label="Share at least, in %"
              type="number"
              min={0}
              max={100}
              value={percent}
              onChange={({ target }) => setPercent(bounded(target.value, 0, 100))}
            />
          </div>
        ) : null}
        <p aria-live="polite" className="text-sm">
          This decides <strong>{counted(count, "item")}</strong> of {open} undecided. A tie is left
          to you, and so is what the codebook does not allow beside what is decided.
        </p>
        <div className="flex gap-2">
          <Button type="submit" tone="primary" disabled={count === 0}>
            Decide {counted(count, "item")}
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  );
}

function bounded(text: string, least: number, most: number): number {
  const number = Math.round(Number(text));
  return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : least;
}
