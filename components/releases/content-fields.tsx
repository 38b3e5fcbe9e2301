"use client";
import { Checkbox, Select } from "@/components/ui/field";
import { Section } from "@/components/ui/page";
import { counted } from "@/lib/domain/wording";
import type { Draft } from "./release-draft";

/** What the form offers to choose from. */
export type Releasable = {
  rounds: { id: string; name: string; kind: string }[];
  documents: { documentId: string; title: string; submitted: number }[];
};

type Props = {
  releasable: Releasable;
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
};

/** Which rounds, documents and sets are in a release, and what of them. */
export function ContentFields({ releasable, draft, change }: Props) {
  const { rounds } = releasable;
  return (
    <Section title="Content">
      <div className="grid gap-6 lg:grid-cols-3">
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-[13px] font-medium">Annotations</legend>
          <Checkbox
            label="Each annotator’s own"
            checked={draft.hasAnnotators}
            onChange={({ target }) => change({ hasAnnotators: target.checked })}
          />
          <Checkbox
            label="Gold, from finished adjudication"
            checked={draft.hasGold}
            onChange={({ target }) => change({ hasGold: target.checked })}
          />
          <Checkbox
            label="Contested items beside the gold ones"
            checked={draft.hasContested}
            disabled={!draft.hasGold}
            onChange={({ target }) => change({ hasContested: target.checked })}
          />
          <Checkbox
            label="Training and hidden checks, marked as such"
            checked={draft.hasTraining}
            onChange={({ target }) => change({ hasTraining: target.checked })}
          />
          <p className="text-[13px] text-ink-soft">
            Soft labels and votes on characters are made from the annotators’ own work in it.
          </p>
        </fieldset>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-[13px] font-medium">Rounds</legend>
          <Checkbox
            label="All rounds"
            checked={draft.roundIds.length === 0}
            onChange={() => change({ roundIds: [] })}
          />
          {rounds.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={<bdi>{name}</bdi>}
              checked={draft.roundIds.includes(id)}
              onChange={({ target }) =>
                change({
                  roundIds: target.checked
                    ? [...draft.roundIds, id]
                    : draft.roundIds.filter((each) => each !== id),
                })
              }
            />
          ))}
        </fieldset>
        <div className="flex flex-col gap-3">
          <Select
            label="Texts"
            value={draft.text}
            onChange={({ target }) => change({ text: target.value as Draft["text"] })}
            help={
              draft.text === "none"
                ? "Offsets, hashes and short quotes. Whoever has the texts puts them back with framemark release rehydrate."
                : "Only where you may pass the texts on."
            }
          >
            <option value="full">With the texts</option>
            <option value="none">Without the texts</option>
          </Select>
          <Select
            label="Free-text answers"
            value={draft.freeText}
            onChange={({ target }) => change({ freeText: target.value as Draft["freeText"] })}
          >
            <option value="keep">Keep</option>
            <option value="drop">Leave out</option>
          </Select>
          <Select
            label="Comments"
            value={draft.comments}
            onChange={({ target }) => change({ comments: target.value as Draft["comments"] })}
          >
            <option value="drop">Leave out</option>
            <option value="keep">Keep</option>
          </Select>
          <Select
            label="Background of annotators"
            value={draft.background}
            onChange={({ target }) => change({ background: target.value as Draft["background"] })}
            help={
              draft.background === "bands"
                ? "Only of those who consented, and only where five or more share it."
                : undefined
            }
          >
            <option value="drop">Leave out</option>
            <option value="bands">In bands</option>
          </Select>
        </div>
      </div>
      <DocumentChoice {...{ releasable, draft, change }} />
    </Section>
  );
}

function DocumentChoice({ releasable: { documents }, draft, change }: Props) {
  const chosen = draft.documentIds;
  const toggle = (id: string, isChosen: boolean) => {
    const before = chosen ?? documents.map(({ documentId }) => documentId);
    const after = isChosen ? [...before, id] : before.filter((each) => each !== id);
    change({ documentIds: after.length === documents.length ? null : after });
  };
  return (
    <details className="mt-4">
      <summary className="cursor-pointer text-sm font-medium">
        {chosen === null
          ? `All ${counted(documents.length, "document")} with submitted work`
          : `${chosen.length} of ${counted(documents.length, "document")}`}
      </summary>
      <div className="mt-2 flex max-h-72 flex-col gap-1 overflow-y-auto rounded-md border border-line p-3">
        {documents.map(({ documentId, title, submitted }) => (
          <Checkbox
            key={documentId}
            label={
              <>
                <bdi>{title}</bdi>{" "}
                <span className="text-ink-soft">{counted(submitted, "submission")}</span>
              </>
            }
            checked={chosen === null || chosen.includes(documentId)}
            onChange={({ target }) => toggle(documentId, target.checked)}
          />
        ))}
      </div>
    </details>
  );
}
