"use client";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Swatch } from "@/components/ui/swatch";
import { labelGold, undoLabelGold } from "@/lib/actions/adjudication";
import type { WordGroup } from "@/lib/domain/adjudication/consistency";
import { labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { counted, shorten } from "@/lib/domain/wording";
import type { InconsistentWords, ShownMark } from "@/lib/services/consistency";

/** Words with several labels, each with where it got which, and one decision for all gold marks. */
export function WordGroups({
  projectId,
  found: { codebook, groups, more },
}: {
  projectId: string;
  found: InconsistentWords;
}) {
  const [isGoldOnly, setGoldOnly] = useState(false);
  const looks = labelLooks(codebook);
  const nameOf = (layer: string, label: string) =>
    codebook.layers.find(({ key }) => key === layer)?.labels.find(({ key }) => key === label)
      ?.name ?? label;
  const shown = isGoldOnly ? groups.filter((group) => goldLabels(group).length > 1) : groups;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3 text-[13px]">
        <Button
          size="small"
          tone={isGoldOnly ? "primary" : "plain"}
          aria-pressed={isGoldOnly}
          onClick={() => setGoldOnly(!isGoldOnly)}
        >
          Only where gold differs
        </Button>
        <span className="text-ink-soft">
          {counted(shown.length, "group")} of words
          {more > 0 ? `; ${more} more, with fewer marks, come when these are settled` : ""}
        </span>
      </div>
      <ul className="flex flex-col gap-3">
        {shown.map((group) => (
          <li key={group.key} className="rounded-md border border-line bg-surface p-3">
            <h2 className="font-serif text-[17px]">“{shorten(group.words, 120)}”</h2>
            <p className="mb-2 text-[13px] text-ink-soft">
              in {counted(group.documents, "document")}
            </p>
            <ul className="flex flex-col gap-1.5">
              {group.labels.map(({ label, marks, documents }) => {
                const look = looks.get(lookKey(group.layer, label));
                return (
                  <li key={label} className="text-[13px]">
                    <div className="flex flex-wrap items-center gap-2">
                      {look ? <Swatch colour={look.colour} code={look.code} /> : null}
                      <span className="font-medium">{nameOf(group.layer, label)}</span>
                      <span className="tabular-nums text-ink-soft">
                        {counted(marks.length, "mark")}, {counted(documents, "document")}
                      </span>
                      <GoldAction
                        projectId={projectId}
                        group={group}
                        label={label}
                        name={nameOf(group.layer, label)}
                      />
                    </div>
                    <Places marks={marks} />
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

function goldLabels({ labels }: WordGroup<ShownMark>): string[] {
  return labels.flatMap(({ label, marks }) =>
    marks.some(({ kind }) => kind === "gold") ? [label] : [],
  );
}

/** Gives every gold mark of the group this label; taken back from the message that tells of it. */
function GoldAction({
  projectId,
  group,
  label,
  name,
}: {
  projectId: string;
  group: WordGroup<ShownMark>;
  label: string;
  name: string;
}) {
  const [isBusy, setBusy] = useState(false);
  const others = group.labels
    .filter((each) => each.label !== label)
    .flatMap(({ marks }) => marks.filter(({ kind }) => kind === "gold"));
  if (others.length === 0) return null;
  const run = async () => {
    setBusy(true);
    const marks = others.map(({ setId, spanId }) => ({ setId, spanId }));
    const done = await act(() => labelGold({ projectId, label, marks }));
    setBusy(false);
    if (done === null) return;
    const left = done.left > 0 ? ` ${done.left} were left as they are.` : "";
    await act(async () => ({ ok: true as const, value: null }), {
      message: `${counted(done.changed, "gold mark")} labelled ${name}.${left}`,
      undo: () => void act(() => undoLabelGold({ projectId, bulkId: done.bulkId })),
    });
  };
  return (
    <Button size="small" disabled={isBusy} onClick={run}>
      Make {counted(others.length, "other gold mark")} this
      <span className="sr-only">
        {" "}
        label, {name}, for “{shorten(group.words, 60)}”
      </span>
    </Button>
  );
}

function Places({ marks }: { marks: readonly ShownMark[] }) {
  const shown = marks.filter(({ title }) => title !== "");
  return (
    <details className="mt-1">
      <summary className="cursor-pointer text-ink-soft">Where</summary>
      <ul className="mt-1 flex flex-col gap-1 border-l border-line pl-3">
        {shown.map((mark) => (
          <li key={mark.spanId}>
            <span className="font-serif text-[15px]">
              …{mark.before}
              <strong className="font-semibold">{mark.quote}</strong>
              {mark.after}…
            </span>{" "}
            <span className="text-ink-soft">
              <bdi>{shorten(mark.title, 60)}</bdi>
            </span>{" "}
            {mark.kind === "gold" ? <Badge tone="good">gold</Badge> : null}
          </li>
        ))}
        {marks.length > shown.length ? (
          <li className="text-ink-soft">and {marks.length - shown.length} more</li>
        ) : null}
      </ul>
    </details>
  );
}
