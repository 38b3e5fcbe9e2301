import "server-only";
import { z } from "zod";
import { writeTable } from "@/lib/domain/campaign/quality-csv";
import { fileName } from "@/lib/domain/formats/file-name";
import { success } from "@/lib/domain/result";
import { openProgress, type PersonProgress } from "../../progress";
import { openQuality, type PersonQuality } from "../../quality";
import { defineDownload } from "../operation";
import { inProject } from "../parameters";

export const progressOperations = [
  defineDownload(
    {
      id: "downloadProgress",
      method: "get",
      path: "/projects/{projectId}/progress",
      tag: "Assignments",
      summary: "The figures of the people of the project, or of one round, as a table: a row each",
      scope: "read",
      params: z.strictObject(inProject),
      query: z.strictObject({ roundId: z.uuid().optional() }),
      answers: { kind: "file", types: ["text/csv"], waits: false },
      cost: 5,
    },
    async ({ actor, params, query }) => {
      const input = { ...query, ...params };
      const progress = await openProgress.as(actor, input);
      if (!progress.ok) return progress;
      const quality = await openQuality.as(actor, input);
      if (!quality.ok) return quality;
      const content = tableOf(progress.value.people, quality.value);
      return success({
        file: {
          name: `${fileName("progress")}.csv`,
          contentType: "text/csv; charset=utf-8",
          bytes: null,
          tag: null,
          content,
        },
      });
    },
  ),
];

function tableOf(
  progress: readonly PersonProgress[],
  { people, labels }: { people: readonly PersonQuality[]; labels: Record<string, unknown> },
): string {
  const keys = Object.keys(labels).filter((key) =>
    people.some((each) => each.labels.some(({ label, count }) => label === key && count > 0)),
  );
  const rows = progress.map((person) => {
    const own = people.find(({ annotatorId }) => annotatorId === person.annotatorId);
    return [
      ...COLUMNS.map(([, read]) => read(person, own)),
      ...keys.map((key) => countOf(own, key)),
    ];
  });
  return writeTable([...COLUMNS.map(([name]) => name), ...keys.map((key) => `label ${key}`)], rows);
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
