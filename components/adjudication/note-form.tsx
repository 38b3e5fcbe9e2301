"use client";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Select, TextArea } from "@/components/ui/field";
import { noteInDraft } from "@/lib/actions/adjudication";
import type { NotePlace } from "@/lib/domain/codebook/guideline-note";
import type { ShownDisputes } from "@/lib/services/disputes";

const PLACES: Record<NotePlace, string> = {
  definition: "Below its definition",
  counter_example: "As a counter-example",
  not_this: "As “Not this, but”",
};

/** Takes a note on a group of disputes into the draft of the codebook, and opens the draft there. */
export function NoteForm({
  projectId,
  group: { layer, first, second, proposal },
  labels,
}: {
  projectId: string;
  group: ShownDisputes;
  /** Labels of the layer that can be given. */
  labels: readonly { key: string; name: string }[];
}) {
  const router = useRouter();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const own = [...new Set([first, ...(second === null ? [] : [second]), proposal?.label ?? first])];
  const [label, setLabel] = useState(proposal?.label ?? first);
  const [place, setPlace] = useState<NotePlace>(proposal?.place ?? "definition");
  const [against, setAgainst] = useState(
    proposal?.against ?? own.find((each) => each !== label) ?? "",
  );
  const [note, setNote] = useState(proposal?.note ?? "");
  const known = labels.filter(({ key }) => own.includes(key));
  if (known.length === 0) return null;
  const save = async () => {
    setBusy(true);
    const hint = place === "not_this" && against !== "" && against !== label ? against : null;
    const done = await act(
      () => noteInDraft({ projectId, layer, label, place, note, against: hint }),
      {
        message: "The note is in the draft.",
      },
    );
    setBusy(false);
    if (done === null) return;
    const at = encodeURIComponent(`label:${layer}/${label}`);
    router.push(`/projects/${projectId}/codebook/draft?at=${at}`);
  };
  return (
    <div className="mt-3">
      <Button
        size="small"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        Propose a note for the guideline
      </Button>
      {isOpen ? (
        <form
          id={id}
          className="mt-2 flex max-w-2xl flex-col gap-3 rounded-md bg-sunken p-3"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <div className="grid gap-3 sm:grid-cols-3">
            <Select label="Label" value={label} onChange={({ target }) => setLabel(target.value)}>
              {known.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </Select>
            <Select
              label="Where"
              value={place}
              onChange={({ target }) => setPlace(target.value as NotePlace)}
            >
              {Object.entries(PLACES).map(([key, name]) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </Select>
            {place === "not_this" ? (
              <Select
                label="But"
                value={against}
                onChange={({ target }) => setAgainst(target.value)}
              >
                <option value="">No other label</option>
                {labels
                  .filter(({ key }) => key !== label)
                  .map(({ key, name }) => (
                    <option key={key} value={key}>
                      {name}
                    </option>
                  ))}
              </Select>
            ) : null}
          </div>
          <TextArea
            label="Note"
            rows={4}
            maxLength={2000}
            value={note}
            help="Annotators read it in the guideline once the draft is published. Write what to do, not who was wrong."
            onChange={({ target }) => setNote(target.value)}
          />
          <div>
            <Button
              type="submit"
              tone="primary"
              size="small"
              disabled={isBusy || note.trim() === ""}
            >
              Put it into the draft
            </Button>
          </div>
        </form>
      ) : null}
    </div>
  );
}
