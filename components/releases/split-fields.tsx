"use client";
import { Select, TextField } from "@/components/ui/field";
import { Section } from "@/components/ui/page";
import { SPLIT_KEYS, type SplitKey } from "@/lib/domain/releases/settings";
import type { Draft } from "./release-draft";
import { SPLIT_WORDS } from "./words";

/** How the documents are divided for training and testing. */
export function SplitFields({
  draft,
  change,
}: {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
}) {
  const number = (label: string, key: "seed" | "validation" | "test", most: number) => (
    <TextField
      label={label}
      type="number"
      min={0}
      max={most}
      value={draft[key]}
      onChange={({ target }) => change({ [key]: target.value })}
    />
  );
  return (
    <Section title="Splits">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Select
          label="Divide"
          value={draft.splitBy}
          onChange={({ target }) => change({ splitBy: target.value as SplitKey })}
          help="Reprints of one text always stay together."
        >
          {SPLIT_KEYS.map((key) => (
            <option key={key} value={key}>
              {SPLIT_WORDS[key]}
            </option>
          ))}
        </Select>
        {draft.splitBy === "none" ? null : (
          <>
            {number("Validation, per cent", "validation", 80)}
            {number("Test, per cent", "test", 80)}
            {draft.splitBy === "time" ? null : number("Seed", "seed", 4_294_967_295)}
          </>
        )}
      </div>
    </Section>
  );
}
