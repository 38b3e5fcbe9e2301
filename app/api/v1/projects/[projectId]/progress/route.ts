import { writeTable } from "@/lib/domain/campaign/quality-csv";
import { attachmentHeader, fileName } from "@/lib/domain/formats/file-name";
import { problemResponse } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import { openProgress, type PersonProgress } from "@/lib/services/progress";
import { openQuality, type PersonQuality } from "@/lib/services/quality";

type Context = { params: Promise<{ projectId: string }> };

/** The figures of the people of a project, or of one round, as CSV: a row each. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const actor = await currentActor();
  const progress = await openProgress.as(actor, { ...query, projectId });
  if (!progress.ok) return problemResponse(progress.failure);
  const quality = await openQuality.as(actor, { ...query, projectId });
  if (!quality.ok) return problemResponse(quality.failure);
  const { people, labels } = quality.value;
  const keys = Object.keys(labels).filter((key) =>
    people.some((each) => each.labels.some(({ label, count }) => label === key && count > 0)),
  );
  const rows = progress.value.people.map((person) => {
    const own = people.find(({ annotatorId }) => annotatorId === person.annotatorId);
    return [
      ...COLUMNS.map(([, read]) => read(person, own)),
      ...keys.map((key) => countOf(own, key)),
    ];
  });
  const head = [...COLUMNS.map(([name]) => name), ...keys.map((key) => `label ${key}`)];
  return new Response(writeTable(head, rows), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": attachmentHeader(`${fileName("progress")}.csv`),
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

type Read = (person: PersonProgress, quality: PersonQuality | undefined) => string | number | null;

const COLUMNS: [name: string, read: Read][] = [
  ["annotator", ({ name }) => name],
  ["pseudonym", ({ pseudonym }) => pseudonym],
  ["left_out_of_figures", ({ isExcluded }) => (isExcluded ? "yes" : "no")],
  ["not_begun", ({ assigned }) => assigned],
  ["in_progress", ({ inProgress }) => inProgress],
  ["submitted", ({ submitted }) => submitted],
  ["submitted_last_7_days", ({ lately }) => lately],
  ["skipped", ({ skipped }) => skipped],
  ["active_seconds", ({ activeSeconds }) => activeSeconds],
  ["median_seconds_per_document", ({ perDocument }) => perDocument],
  ["median_seconds_per_1000_words", ({ perThousandWords }) => perThousandWords],
  ["marks", (_, quality) => quality?.marks ?? null],
  ["documents_without_marks", (_, quality) => quality?.emptyDocuments ?? null],
  ["label_distance", (_, quality) => quality?.distance ?? null],
  ["gold_documents", (_, quality) => quality?.gold?.documents ?? null],
  ["gold_f1_exact", (_, quality) => quality?.gold?.exact.value ?? null],
  ["gold_f1_overlap", (_, quality) => quality?.gold?.overlap.value ?? null],
  ["repeated_documents", (_, quality) => quality?.steadiness?.documents ?? null],
  ["repeats_f1_exact", (_, quality) => quality?.steadiness?.exact.value ?? null],
  ["repeats_f1_overlap", (_, quality) => quality?.steadiness?.overlap.value ?? null],
  ["flags", (_, quality) => quality?.flags.map(({ kind }) => kind).join(" ") ?? null],
];

function countOf(quality: PersonQuality | undefined, key: string): number | null {
  if (quality === undefined) return null;
  return quality.labels.find(({ label }) => label === key)?.count ?? 0;
}
