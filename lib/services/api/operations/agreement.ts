import "server-only";
import { z } from "zod";
import { REPORT_FORMATS, type ReportFormat } from "@/lib/domain/agreement-report/export-files";
import { CHARTS } from "@/lib/domain/agreement-report/layer-charts";
import { failure } from "@/lib/domain/result";
import { followAgreement, openAgreement } from "../../agreement";
import { exportAgreement, exportAgreementChart } from "../../agreement-export";
import { defineDownload, defineOperation } from "../operation";
import { inProject, integerInQuery, listInQuery } from "../parameters";
import { agreement, agreementState } from "../resources";
import { textFile } from "../text-file";

const path = "/projects/{projectId}/agreement";
const tag = "Agreement";
const params = z.strictObject(inProject);

const query = z.strictObject({
  version: integerInQuery(1).optional().describe("Of the codebook; the newest without it"),
  unit: z.enum(["characters", "tokens"]).optional(),
  compare: z.enum(["labels", "any"]).optional(),
  distance: z.enum(["jaccard", "masi"]).optional(),
  level: z.enum(["codebook", "nominal", "ordinal", "interval"]).optional(),
  missing: z.enum(["left_out", "category"]).optional(),
  repeats: z.enum(["latest", "first"]).optional(),
  exclusions: z.enum(["left_out", "counted"]).optional(),
  rounds: listInQuery(integerInQuery(0)).optional().describe("Numbers of rounds; all without it"),
  without: listInQuery(z.uuid()).optional().describe("Annotators to take out"),
  leaveOut: listInQuery(z.uuid()).optional().describe("Documents to take out"),
});

const formats = Object.keys(REPORT_FORMATS) as [ReportFormat, ...ReportFormat[]];
const mediaTypes = (types: readonly string[]) => [
  ...new Set(types.map((type) => type.split(";")[0] ?? type)),
];

export const agreementOperations = [
  defineOperation(
    {
      id: "openAgreement",
      method: "get",
      path,
      tag,
      summary: "How the annotators agree, layer by layer",
      description:
        "Large reports are computed in the background: until then `layers` is null, and `running` says how far it is.",
      scope: "read",
      params,
      query,
      answers: agreement,
      cost: 5,
    },
    ({ actor, params, query }) => openAgreement.as(actor, { ...query, ...params }),
  ),
  defineOperation(
    {
      id: "followAgreement",
      method: "get",
      path: `${path}/state`,
      tag,
      summary: "Whether a report is still the newest, and how far its computation is",
      scope: "read",
      params,
      query,
      answers: agreementState,
    },
    ({ actor, params, query }) => followAgreement.as(actor, { ...query, ...params }),
  ),
  defineDownload(
    {
      id: "downloadAgreement",
      method: "get",
      path: `${path}/files/{format}`,
      tag,
      summary:
        "The report as a file: data, tables for papers, a page, the methods paragraph, sources",
      scope: "read",
      params: params.extend({ format: z.enum(formats) }),
      query,
      answers: { kind: "file", types: mediaTypes(Object.values(REPORT_FORMATS)), waits: false },
      cost: 5,
    },
    async ({ actor, params, query }) =>
      textFile(await exportAgreement.as(actor, { ...query, ...params })),
  ),
  defineDownload(
    {
      id: "downloadAgreementChart",
      method: "get",
      path: `${path}/charts/{layer}/{chart}`,
      tag,
      summary: "One chart of the report as a picture or as its numbers",
      scope: "read",
      params: params.extend({
        layer: z.string().min(1).max(200),
        chart: z
          .string()
          .regex(new RegExp(`^(${CHARTS.join("|")})\\.(svg|csv)$`), "There is no such chart.")
          .describe("Such as labels.svg or labels.csv"),
      }),
      query,
      answers: { kind: "file", types: ["image/svg+xml", "text/csv"], waits: false },
      cost: 5,
    },
    async ({ actor, params: { projectId, layer, chart: file }, query }) => {
      const [chart, format] = file.split(".");
      if (chart === undefined || format === undefined) {
        return failure("not_found", "There is no such chart.");
      }
      return textFile(
        await exportAgreementChart.as(actor, { ...query, projectId, layer, chart, format }),
      );
    },
  ),
];
