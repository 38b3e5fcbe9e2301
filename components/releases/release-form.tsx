"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Checkbox, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { PreviewFoot } from "@/components/ui/preview-foot";
import { createRelease, previewRelease } from "@/lib/actions/releases";
import type { Failure } from "@/lib/domain/result";
import type { ReleasePreview } from "@/lib/services/release-preview";
import { ContentFields, type Releasable } from "./content-fields";
import { PaperFields } from "./paper-fields";
import { PreviewView } from "./preview-view";
import { type Draft, settingsOf, startDraft } from "./release-draft";
import { SplitFields } from "./split-fields";

/** Prepares a release on one page; nothing is stored before its content was seen. */
export function ReleaseForm({
  projectId,
  releasable,
}: {
  projectId: string;
  releasable: Releasable & { description: string };
}) {
  const router = useRouter();
  const [draft, setDraft] = useState<Draft>(() => startDraft(releasable.description));
  const [preview, setPreview] = useState<ReleasePreview | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [accepts, setAccepts] = useState(false);
  const [busy, setBusy] = useState<"preview" | "create" | null>(null);
  const change = (changed: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...changed }));
    // What is shown must be what would be made.
    setPreview(null);
    setFailure(null);
    setAccepts(false);
  };

  const ask = async (event: FormEvent) => {
    event.preventDefault();
    setBusy("preview");
    setFailure(null);
    const settings = settingsOf(draft);
    const result = await previewRelease({ projectId, settings }).catch(() => null);
    setBusy(null);
    if (result?.ok) setPreview(result.value);
    else setFailure(result === null ? UNREACHED : result.failure);
  };
  const make = async () => {
    setBusy("create");
    const result = await createRelease({
      projectId,
      name: draft.name,
      settings: settingsOf(draft),
      acceptsFreeText: accepts,
    }).catch(() => null);
    if (result?.ok) {
      router.push(`/projects/${projectId}/releases/${result.value.releaseId}`);
      return;
    }
    setBusy(null);
    setFailure(result === null ? UNREACHED : result.failure);
  };
  const hasNames = (preview?.freeText.findings.length ?? 0) > 0;

  return (
    <form onSubmit={ask} className="flex flex-col gap-2">
      <Section title="Release">
        <div className="max-w-md">
          <TextField
            label="Name (optional)"
            maxLength={200}
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
            help="Releases are numbered; a name says what this one is for."
          />
        </div>
      </Section>
      <ContentFields {...{ releasable, draft, change }} />
      <SplitFields {...{ draft, change }} />
      <PaperFields {...{ draft, change }} />
      {failure === null ? null : <Notice tone="bad">{failure.message}</Notice>}
      {preview === null ? null : <PreviewView {...{ projectId, preview }} />}
      {hasNames ? (
        <Checkbox
          label="I have looked at these texts: they may be released."
          checked={accepts}
          onChange={({ target }) => setAccepts(target.checked)}
        />
      ) : null}
      <PreviewFoot
        cancelHref={`/projects/${projectId}/releases`}
        preview={{ label: "Show what is in it", busyLabel: "Counting…" }}
        create={{ label: "Freeze the release", busyLabel: "Freezing…" }}
        busy={busy}
        isShown={preview !== null}
        canCreate={!hasNames || accepts}
        onCreate={make}
      />
    </form>
  );
}

const UNREACHED: Failure = {
  kind: "busy",
  message: "This did not reach the server. Your choices are still here; try again.",
};
