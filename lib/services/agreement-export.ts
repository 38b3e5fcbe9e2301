import "server-only";
import { z } from "zod";
import {
  csvCell,
  REPORT_FORMATS,
  type ReportFormat,
  writeReport,
} from "@/lib/domain/agreement-report/export-files";
import type { ReportFile } from "@/lib/domain/agreement-report/export-rows";
import { CHARTS, drawChart } from "@/lib/domain/agreement-report/layer-charts";
import { writeSvg } from "@/lib/domain/charts/write-svg";
import { fileName } from "@/lib/domain/formats/file-name";
import { may } from "@/lib/domain/policy";
import { failure, type Result, success } from "@/lib/domain/result";
import { SOFTWARE } from "@/lib/domain/software";
import { pool } from "@/lib/server/db";
import { type AgreementOverview, openAgreement } from "./agreement";
import { openAgreementGroups, openGoldAgreement } from "./agreement-apart";
import { choiceFields } from "./agreement-choice";
import { type Caller, defineUseCase } from "./use-case";

/** A file to be taken away. */
export type AgreementFile = { name: string; contentType: string; text: string };

const formats = Object.keys(REPORT_FORMATS) as [ReportFormat, ...ReportFormat[]];

/** A report as a file: data, tables for papers, a page of its own, the methods paragraph, or its sources. */
export const exportAgreement = defineUseCase({
  name: "exportAgreement",
  permission: "agreement.see",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), ...choiceFields, format: z.enum(formats) }),
  async run({ format, ...input }, caller): Promise<Result<AgreementFile>> {
    const overview = await openAgreement.as(caller, input);
    if (!overview.ok) return overview;
    const file = await fileOf(caller, overview.value);
    if (file === null) return notYet();
    const more = format === "json" || format === "csv" ? await readApart(caller, input) : {};
    return success({
      name: `${fileName("agreement", file.project)}.${format}`,
      contentType: REPORT_FORMATS[format],
      text: writeReport({ ...file, ...more }, format),
    });
  },
});

/** One chart of a report as a picture or as its numbers. */
export const exportAgreementChart = defineUseCase({
  name: "exportAgreementChart",
  permission: "agreement.see",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    ...choiceFields,
    layer: z.string().max(200),
    chart: z.enum(CHARTS),
    format: z.enum(["svg", "csv"]),
  }),
  async run({ layer, chart, format, ...input }, caller): Promise<Result<AgreementFile>> {
    const overview = await openAgreement.as(caller, input);
    if (!overview.ok) return overview;
    const file = await fileOf(caller, overview.value);
    if (file === null) return notYet();
    const report = file.layers.find((each) => each.layer === layer);
    if (report === undefined) return failure("not_found", "This layer does not exist.");
    const resampled = file.resampled.find((each) => each.layer === layer) ?? null;
    const looks = overview.value.looks[layer] ?? {};
    const drawing = drawChart(
      chart,
      { report, resampled },
      {
        words: {
          annotator: file.annotator,
          document: file.document,
          look: (label) => looks[label],
        },
        room: "wide",
      },
    );
    if (drawing === null) return failure("not_found", "There is nothing to draw here yet.");
    const { head, rows } = drawing.table;
    return success({
      name: `${fileName("agreement", layer, chart)}.${format}`,
      contentType: format === "svg" ? "image/svg+xml; charset=utf-8" : "text/csv; charset=utf-8",
      text:
        format === "svg"
          ? `${writeSvg(drawing)}\n`
          : [head, ...rows]
              .map((row) => `${row.map((cell) => csvCell(cell ?? "")).join(",")}\r\n`)
              .join(""),
    });
  },
});

/** What stands apart from agreement between annotators; groups of them only for whoever may know of groups. */
async function readApart(
  caller: Caller,
  input: Parameters<typeof openGoldAgreement>[0],
): Promise<Pick<ReportFile, "againstGold" | "groups">> {
  const gold = await openGoldAgreement.as(caller, input);
  const againstGold = gold.ok && !gold.value.isTooLarge ? gold.value.tables : undefined;
  if (!may({ ...caller, isOwn: false }, openAgreementGroups.permission)) return { againstGold };
  const groups = await openAgreementGroups.as(caller, input);
  return {
    againstGold,
    groups: groups.ok && !groups.value.isTooLarge ? groups.value.tables : undefined,
  };
}

function notYet() {
  return failure("busy", "The figures are being computed. Try again in a moment.", {
    retryAfterSeconds: 5,
  });
}

/** The names in a file are pseudonyms, whoever takes it away: files travel. */
async function fileOf(
  { projectId }: Caller,
  overview: AgreementOverview,
): Promise<ReportFile | null> {
  if (overview.layers === null || overview.codebook === null) return null;
  const [project, annotators] = await Promise.all([
    pool().query<{ name: string }>("SELECT name FROM project WHERE id = $1", [projectId]),
    pool().query<{ id: string; pseudonym: string }>(
      "SELECT id, pseudonym FROM annotator WHERE project_id = $1",
      [projectId],
    ),
  ]);
  const names = new Map(annotators.rows.map(({ id, pseudonym }) => [id, pseudonym]));
  const titles = new Map(overview.coverage.map(({ documentId, title }) => [documentId, title]));
  return {
    project: project.rows[0]?.name ?? "",
    codebook: overview.codebook,
    software: SOFTWARE,
    computedAt: (overview.computedAt ?? new Date()).toISOString(),
    inputHash: overview.inputHash,
    choice: overview.choice,
    layers: overview.layers,
    resampled: overview.resampled ?? [],
    documentCount: overview.documentCount,
    annotator: (id) => names.get(id) ?? id,
    document: (id) => titles.get(id) ?? id,
  };
}
