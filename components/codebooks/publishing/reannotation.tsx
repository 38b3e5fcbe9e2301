"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { startReannotation } from "@/lib/actions/codebooks";
import { counted } from "@/lib/domain/wording";
import type { Affected } from "@/lib/services/codebook-reannotation";
import { Check } from "../forms/form-parts";

/** Puts what a changed definition concerns into a round, to be annotated again. */
export function Reannotation({
  projectId,
  from,
  to,
  affected,
  who = "who_gave_them",
  next,
}: {
  projectId: string;
  from: number;
  to: number;
  affected: Affected;
  /** Who is proposed to annotate again. */
  who?: "who_gave_them" | "all";
  /** Where to go on; the id of the new round is put behind it. */
  next?: string;
}) {
  const router = useRouter();
  const [chosen, setChosen] = useState(() => affected.labels.map(idOf));
  const [name, setName] = useState(`Version ${to} again`);
  const [takesAll, setTakesAll] = useState(who === "all");
  const [isBusy, setBusy] = useState(false);
  const others = affected.assignmentsOfAll - affected.assignments;
  const start = async () => {
    setBusy(true);
    const labels = affected.labels
      .filter((label) => chosen.includes(idOf(label)))
      .map(({ layer, key }) => ({ layer, key }));
    const made = await act(
      () =>
        startReannotation({
          projectId,
          from,
          to,
          labels,
          name,
          who: takesAll ? "all" : "who_gave_them",
        }),
      { message: `The round “${name}” is there.` },
    );
    setBusy(false);
    if (made === null) return;
    router.push(
      next === undefined ? `/projects/${projectId}/assignments` : `${next}${made.roundId}`,
    );
  };
  return (
    <div className="flex max-w-prose flex-col gap-3">
      <p className="text-sm text-ink-soft">
        {counted(affected.documents.length, "document")} with{" "}
        {counted(affected.assignments, "submission")} carry labels whose meaning changed. A round
        gives them to the same annotators again; what they said before is kept beside it.
      </p>
      <ul className="flex flex-col gap-2">
        {affected.labels.map((label) => (
          <li key={idOf(label)}>
            <Check
              name={label.name}
              says={`${label.reason} ${counted(label.annotations, "submitted annotation")}.`}
              checked={chosen.includes(idOf(label))}
              onChange={(checked) =>
                setChosen(
                  checked
                    ? [...chosen, idOf(label)]
                    : chosen.filter((each) => each !== idOf(label)),
                )
              }
            />
          </li>
        ))}
      </ul>
      {others > 0 ? (
        <Check
          name="Those too who annotated these documents without giving the labels"
          says={`${counted(others, "more submission")}. Agreement before and after can be compared only where the same people annotate again.`}
          checked={takesAll}
          onChange={setTakesAll}
        />
      ) : null}
      <TextField
        label="Name of the round"
        value={name}
        maxLength={120}
        onChange={({ target }) => setName(target.value)}
      />
      <div>
        <Button
          tone="primary"
          disabled={isBusy || chosen.length === 0 || name.trim() === ""}
          onClick={start}
        >
          Annotate these again
        </Button>
      </div>
    </div>
  );
}

function idOf({ layer, key }: { layer: string; key: string }): string {
  return `${layer}/${key}`;
}
