import Link from "next/link";
import { EmptyState } from "@/components/ui/notice";
import { Swatch } from "@/components/ui/swatch";
import type { LabelLook } from "@/lib/domain/codebook/looks";

type Meeting = {
  documentId: string;
  title: string;
  start: number;
  end: number;
  before: string;
  words: string;
  after: string;
  first: { annotator: string; label: string | null };
  second: { annotator: string; label: string | null };
};

type Label = { name: string; look: LabelLook | null };

/** Passages with what two annotators made of them; each leads to its document side by side. */
export function MeetingList({
  projectId,
  found,
  names,
  labels,
}: {
  projectId: string;
  found: readonly Meeting[];
  names: ReadonlyMap<string, string>;
  labels: ReadonlyMap<string, Label>;
}) {
  if (found.length === 0) {
    return (
      <EmptyState title="No passages">
        <p>Nobody differs here: every span met one with the same label.</p>
      </EmptyState>
    );
  }
  return (
    <ol className="flex flex-col gap-2">
      {found.map((meeting) => (
        <li
          key={[
            meeting.documentId,
            meeting.start,
            meeting.end,
            meeting.first.annotator,
            meeting.second.annotator,
            meeting.first.label,
            meeting.second.label,
          ].join("/")}
          className="rounded-md border border-line bg-surface px-3 py-2"
        >
          <p className="font-serif">
            <span className="text-ink-soft">…{meeting.before}</span>
            <mark className="bg-accent-soft text-ink">{meeting.words}</mark>
            <span className="text-ink-soft">{meeting.after}…</span>
          </p>
          <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            {[meeting.first, meeting.second].map(({ annotator, label }) => (
              <Side
                key={annotator}
                name={names.get(annotator) ?? "Somebody"}
                label={label === null ? null : (labels.get(label) ?? { name: label, look: null })}
              />
            ))}
            <Link
              href={compareAddress(projectId, meeting)}
              className="text-accent underline underline-offset-2"
            >
              {meeting.title}
            </Link>
          </p>
        </li>
      ))}
    </ol>
  );
}

function Side({ name, label }: { name: string; label: Label | null }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className="text-ink-soft">{name}:</span>
      {label === null ? (
        <span className="text-ink-soft">not marked</span>
      ) : (
        <>
          {label.look === null ? null : (
            <Swatch colour={label.look.colour} code={label.look.code} />
          )}
          {label.name}
        </>
      )}
    </span>
  );
}

function compareAddress(projectId: string, { documentId, first, second }: Meeting): string {
  const query = new URLSearchParams([
    ["annotator", first.annotator],
    ["annotator", second.annotator],
  ]);
  const label = first.label ?? second.label;
  if (label !== null) query.set("label", label);
  return `/projects/${projectId}/compare/${documentId}?${query}`;
}
