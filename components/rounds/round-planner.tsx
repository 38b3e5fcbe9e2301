"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useMemo, useState } from "react";
import { Select, TextArea, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { PreviewFoot } from "@/components/ui/preview-foot";
import { createRound, previewRound } from "@/lib/actions/rounds";
import { readFixedLists } from "@/lib/domain/campaign/fixed-lists";
import type { Failure } from "@/lib/domain/result";
import type { PlanPreview } from "@/lib/services/round-preview";
import { DocumentPicker } from "./document-picker";
import { FixedLists } from "./fixed-lists";
import { HandOutFields } from "./hand-out-fields";
import { PeoplePicker } from "./people-picker";
import { PlanView } from "./plan-view";
import {
  type Draft,
  type Person,
  type PickerDocument,
  planInputOf,
  startDraft,
} from "./round-draft";
import { KIND_NAMES } from "./words";

type Codebook = { id: string; version: number; name: string; state: string };

/** Plans a round step by step on one page; nothing is stored before the plan was seen. */
export function RoundPlanner(props: {
  projectId: string;
  documents: PickerDocument[];
  /** Documents of the project, of which `documents` may be the first only. */
  all: number;
  codebooks: Codebook[];
  people: Person[];
}) {
  const { projectId, documents, all, codebooks, people } = props;
  const router = useRouter();
  const [draft, setDraft] = useState<Draft>(() => startDraft(documents, all, people));
  const [preview, setPreview] = useState<PlanPreview | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState<"preview" | "create" | null>(null);
  const lists = useMemo(
    () =>
      readFixedLists(draft.lists, {
        documents,
        people: people.filter(({ userId }) => draft.userIds.has(userId)),
      }),
    [draft.lists, draft.userIds, documents, people],
  );
  const input = () => planInputOf(projectId, draft, lists.fixed);
  const change = (changed: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...changed }));
    // What is shown must be what would be made.
    setPreview(null);
    setFailure(null);
  };

  const ask = async (event: FormEvent) => {
    event.preventDefault();
    setBusy("preview");
    const result = await previewRound(input()).catch(() => null);
    setBusy(null);
    if (result === null) return setFailure(UNREACHED);
    if (result.ok) setPreview(result.value);
    else setFailure(result.failure);
  };
  const make = async () => {
    setBusy("create");
    const { name, kind, instructions, opensAt, closesAt, codebookVersionId } = draft;
    const result = await createRound({
      ...input(),
      name,
      kind,
      instructions,
      codebookVersionId: codebookVersionId === "" ? null : codebookVersionId,
      opensAt: opensAt === "" ? null : new Date(opensAt),
      closesAt: closesAt === "" ? null : new Date(closesAt),
    }).catch(() => null);
    if (result?.ok) {
      router.push(`/projects/${projectId}/rounds/${result.value.roundId}`);
      return;
    }
    setBusy(null);
    setFailure(result === null ? UNREACHED : result.failure);
  };

  return (
    <form onSubmit={ask} className="flex flex-col gap-2">
      <Section title="Round">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <TextField
            label="Name"
            required
            maxLength={200}
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
          />
          <Select
            label="Kind"
            value={draft.kind}
            onChange={({ target }) => change({ kind: target.value as Draft["kind"] })}
          >
            {(["pilot", "training", "main", "reannotation"] as const).map((kind) => (
              <option key={kind} value={kind}>
                {KIND_NAMES[kind]}
              </option>
            ))}
          </Select>
          <TextField
            label="Opens (optional)"
            type="datetime-local"
            value={draft.opensAt}
            onChange={({ target }) => change({ opensAt: target.value })}
          />
          <TextField
            label="Closes (optional)"
            type="datetime-local"
            value={draft.closesAt}
            problem={failure?.place === "closesAt" ? failure.message : undefined}
            onChange={({ target }) => change({ closesAt: target.value })}
          />
          {codebooks.length > 1 ? (
            <Select
              label="Codebook version"
              value={draft.codebookVersionId}
              onChange={({ target }) => change({ codebookVersionId: target.value })}
            >
              {codebooks.map(({ id, version, name, state }) => (
                <option key={id} value={state === "published" ? "" : id}>
                  {`${version}: ${name}${state === "published" ? " (published)" : ""}`}
                </option>
              ))}
            </Select>
          ) : null}
        </div>
        <div className="mt-4">
          <TextArea
            label="Instructions for annotators (optional)"
            rows={2}
            maxLength={20_000}
            value={draft.instructions}
            onChange={({ target }) => change({ instructions: target.value })}
          />
        </div>
      </Section>
      <DocumentPicker {...{ documents, all, draft, change }} />
      <PeoplePicker {...{ people, draft, change }} />
      <HandOutFields {...{ draft, change }} />
      {draft.handOut === "push" ? <FixedLists {...{ draft, change, lists }} /> : null}
      {failure !== null && failure.place !== "closesAt" ? (
        <Notice tone="bad">{failure.message}</Notice>
      ) : null}
      {preview === null ? null : <PlanView preview={preview} isPull={draft.handOut === "pull"} />}
      <PreviewFoot
        cancelHref={`/projects/${projectId}/rounds`}
        preview={{ label: "Show the plan", busyLabel: "Planning…" }}
        create={{ label: "Start the round", busyLabel: "Handing out…" }}
        busy={busy}
        isShown={preview !== null}
        canCreate={draft.name.trim() !== ""}
        onCreate={make}
      />
    </form>
  );
}

const UNREACHED: Failure = {
  kind: "busy",
  message: "This did not reach the server. Your plan is still here; try again.",
};
