import { Checkbox, Select, TextField } from "@/components/ui/field";
import { Section } from "@/components/ui/page";
import type { Draft } from "./round-draft";

/** How documents are handed out: overlap, events, limits, batches, repeats, gold. */
export function HandOutFields({
  draft,
  change,
}: {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
}) {
  const isPull = draft.handOut === "pull";
  const hasRest = Number(draft.overlapPercent) < 100;
  const hasGroups = Object.values(draft.groups).some((name) => name.trim() !== "");
  const counts = Array.from({ length: Math.max(1, draft.userIds.size) }, (_, at) => at + 1);
  const number = (
    key:
      | "overlapPercent"
      | "mostDocuments"
      | "batchSize"
      | "batchDays"
      | "repeatPercent"
      | "repeatAfterDays"
      | "goldEvery"
      | "perGroup",
    label: string,
    more: { help?: string; max?: number; min?: number; placeholder?: string } = {},
  ) => {
    const { help, ...bounds } = more;
    return (
      <TextField
        label={label}
        type="number"
        inputMode="numeric"
        value={draft[key]}
        onChange={({ target }) => change({ [key]: target.value })}
        {...(help === undefined ? {} : { help })}
        {...bounds}
      />
    );
  };
  return (
    <Section title="Handing out">
      <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Select
          label="How"
          value={draft.handOut}
          onChange={({ target }) => change({ handOut: target.value as Draft["handOut"] })}
          help={
            isPull
              ? "Whoever is ready takes the next; nobody waits for a slow colleague."
              : "Everybody sees their documents from the start."
          }
        >
          <option value="push">Everybody gets a list</option>
          <option value="pull">Annotators take documents</option>
        </Select>
        {number("overlapPercent", "Documents with several annotators, %", {
          min: 0,
          max: 100,
          help: "Spread over outlets, events and lengths.",
        })}
        <Select
          label="Annotators of each of those"
          value={draft.overlapAnnotators}
          onChange={({ target }) => change({ overlapAnnotators: target.value })}
        >
          {counts.map((count) => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
          <option value="all">all</option>
        </Select>
        {hasRest ? (
          <Select
            label="Annotators of each other document"
            value={draft.perDocument}
            onChange={({ target }) => change({ perDocument: target.value })}
          >
            {counts.map((count) => (
              <option key={count} value={count}>
                {count}
              </option>
            ))}
          </Select>
        ) : null}
        {hasGroups && !isPull ? number("perGroup", "Of each group, at least", { min: 1 }) : null}
      </div>
      <details className="mt-3">
        <summary className="rounded py-1 text-sm text-ink-soft hover:text-ink">
          Events, limits, batches, repeats, gold, blinding
        </summary>
        <div className="mt-2 grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <Select
            label="Documents of one event"
            value={draft.events}
            onChange={({ target }) => change({ events: target.value as Draft["events"] })}
          >
            <option value="any">as it comes</option>
            {isPull ? null : <option value="together">to the same annotators</option>}
            <option value="apart">to different annotators</option>
          </Select>
          {number("mostDocuments", "At most per annotator", { min: 1, placeholder: "no limit" })}
          {number("batchSize", "Documents in a batch", {
            min: 1,
            placeholder: "one batch",
            help: "Shared documents come in the same batch for all, for a weekly meeting.",
          })}
          {isPull || draft.batchSize.trim() === ""
            ? null
            : number("batchDays", "Days from batch to batch", {
                min: 1,
                max: 60,
                placeholder: "all at once",
                help: "7 opens a batch a week, counted from the day the round opens.",
              })}
          {isPull
            ? null
            : number("repeatPercent", "Coming back to the same person, %", {
                min: 0,
                max: 100,
                help: "They look like any other and show how steady somebody is.",
              })}
          {isPull || Number(draft.repeatPercent) === 0
            ? null
            : number("repeatAfterDays", "Days until they come back", { min: 0 })}
          {isPull || draft.goldIds.size === 0
            ? null
            : number("goldEvery", "One silent gold document in every", { min: 2 })}
          <TextField
            label="Seed"
            value={draft.seed}
            maxLength={100}
            onChange={({ target }) => change({ seed: target.value })}
            help="The same seed gives the same plan."
          />
        </div>
        <div className="mt-3 flex flex-col gap-1">
          <Checkbox
            checked={draft.isSourceBlind}
            onChange={({ target }) => change({ isSourceBlind: target.checked })}
            label="Hide the source: outlet, byline, date and address are masked until submission"
          />
          <Checkbox
            checked={draft.showsDecisions}
            onChange={({ target }) => change({ showsDecisions: target.checked })}
            label="Show annotators what adjudication decided, and why"
          />
        </div>
      </details>
    </Section>
  );
}
