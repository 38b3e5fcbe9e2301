import "server-only";
import { z } from "zod";
import type { LayerReport } from "@/lib/domain/agreement-report/layer-report";
import { type FoundMeeting, findMeetings } from "@/lib/domain/agreement-report/span-finder";
import { type LabelLook, labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { failure, type Result, success } from "@/lib/domain/result";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { pool } from "@/lib/server/db";
import { readAnnotators, readTitles } from "./agreement";
import { choiceFields, choiceOf } from "./agreement-choice";
import { readBasis, readReportWork } from "./agreement-work";
import { defineUseCase } from "./use-case";

/** A passage with the words around it. */
export type ShownMeeting = Omit<FoundMeeting, "versionId"> & {
  title: string;
  before: string;
  words: string;
  after: string;
};

export type AgreementSpans = {
  layer: Pick<LayerReport, "layer" | "name">;
  labels: { key: string; name: string; look: LabelLook | null }[];
  annotators: { id: string; name: string }[];
  found: ShownMeeting[];
  total: number;
};

const MOST = 200;
/** Code points around a passage, and of it, that are shown. */
const AROUND = 60;
const LONGEST = 240;

/** The spans behind a figure of the report: where two annotators met or missed each other. */
export const listAgreementSpans = defineUseCase({
  name: "listAgreementSpans",
  permission: "agreement.see",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    ...choiceFields,
    layer: z.string().max(200),
    annotators: z.array(z.uuid()).max(2).default([]),
    label: z.string().max(200).nullish(),
    against: z.string().max(200).nullish(),
    show: z.enum(["differences", "all"]).default("differences"),
  }),
  async run(input, caller): Promise<Result<AgreementSpans>> {
    const basis = await readBasis(caller, choiceOf(input));
    const layer = basis.codebook?.codebook.layers.find(({ key }) => key === input.layer);
    if (basis.codebook === null || layer === undefined || layer.level !== "span") {
      return failure("not_found", "This layer has no spans to show.");
    }
    const work = await readReportWork(caller, basis);
    const { found, total } = findMeetings(layer, work, {
      question: {
        annotators: input.annotators,
        label: input.label ?? null,
        against: input.against ?? null,
        show: input.show,
      },
      most: MOST,
    });
    const looks = labelLooks(basis.codebook.codebook);
    return success({
      layer: { layer: layer.key, name: layer.name },
      labels: layer.labels.map(({ key, name }) => ({
        key,
        name,
        look: looks.get(lookKey(layer.key, key)) ?? null,
      })),
      annotators: await readAnnotators(caller, basis),
      found: await withWords(caller.projectId, found),
      total,
    });
  },
});

async function withWords(
  projectId: string,
  found: readonly FoundMeeting[],
): Promise<ShownMeeting[]> {
  const titles = new Map(
    (await readTitles(projectId, found)).map(({ documentId, title }) => [documentId, title]),
  );
  const { rows } = await pool().query<{ id: string; text: string }>(
    "SELECT id, text FROM document_version WHERE project_id = $1 AND id = ANY($2::uuid[])",
    [projectId, [...new Set(found.map(({ versionId }) => versionId))]],
  );
  const texts = new Map(rows.map(({ id, text }) => [id, indexText(text)]));
  return found.flatMap(({ versionId, ...meeting }) => {
    const text = texts.get(versionId);
    if (text === undefined) return [];
    const slice = (from: number, to: number) =>
      text.slice(codePoint(Math.max(0, from)), codePoint(Math.max(0, Math.min(text.length, to))));
    const end = Math.min(meeting.end, meeting.start + LONGEST);
    return [
      {
        ...meeting,
        title: titles.get(meeting.documentId) ?? "",
        before: slice(meeting.start - AROUND, meeting.start),
        words: slice(meeting.start, end),
        after: slice(end, end + AROUND),
      },
    ];
  });
}
