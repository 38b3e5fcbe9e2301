import "server-only";
import { z } from "zod";
import { type Cells, writeCsv } from "@/lib/domain/formats/csv";
import { fileName } from "@/lib/domain/formats/file-name";
import { countProblem, writeJsonl } from "@/lib/domain/formats/jsonl";
import type { Dataset } from "@/lib/domain/formats/records";
import { success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { recordAudit } from "./audit";
import { datasetOf } from "./dataset-records";
import { readEventAnswers } from "./event-answer-export";
import { countExclusions } from "./exclusions";
import {
  IS_IN_FIGURES,
  IS_VISIBLE_WORK,
  type Queryable,
  readLeftOut,
  readSubmittedWork,
} from "./submitted-sets";
import { type Caller, defineUseCase } from "./use-case";

/** A file made of pieces, to be sent one after the other. */
export type DatasetFile = {
  name: string;
  contentType: string;
  pieces: Iterable<string>;
  annotations: number;
};

/** How much an export would hold. */
export type DatasetSummary = DatasetCounts & {
  name: string;
  /** Under which annotators appear. */
  pseudonyms: string[];
  leftOut: { documentId: string; title: string }[];
  /** How many annotators and documents a lead excluded from figures. */
  excluded: { annotators: number; documents: number };
};

/** What becomes of annotators and documents that a lead excluded from figures. */
const exclusionsInput = z
  .enum(["left_out", "included"], "Choose the exclusions left_out or included.")
  .default("left_out");
type Exclusions = z.output<typeof exclusionsInput>;

type DatasetCounts = {
  documents: number;
  submissions: number;
  spans: number;
  relations: number;
  unitLabels: number;
};

/** What an export of the project's submitted work would hold. */
export const describeDataset = defineUseCase({
  name: "describeDataset",
  permission: "dataset.export",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), exclusions: exclusionsInput }),
  async run({ projectId, exclusions }, caller) {
    const { name } = await readProject(pool(), projectId);
    const counts = await countRecords(pool(), caller, exclusions);
    const { rows } = await pool().query<{ pseudonym: string }>(PSEUDONYMS, [
      projectId,
      caller.userId,
      exclusions === "included",
    ]);
    return success<DatasetSummary>({
      name,
      ...counts,
      pseudonyms: rows.map(({ pseudonym }) => pseudonym),
      leftOut: await readLeftOut(caller),
      excluded: await countExclusions(projectId),
    });
  },
});

/**
 * All submitted annotations of a project, everyone's own, under pseudonyms. The records are counted
 * against the database before the first byte is sent, on one snapshot of it.
 */
export const exportDataset = defineUseCase({
  name: "exportDataset",
  permission: "dataset.export",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    format: z.enum(["jsonl", "csv"], "Choose the format jsonl or csv."),
    cells: z.enum(["safe", "raw"], "Choose the cells safe or raw.").default("safe"),
    exclusions: exclusionsInput,
  }),
  async run({ projectId, format, cells, exclusions }, caller) {
    const dataset = await readDataset(caller, exclusions);
    const annotations = dataset.annotations.length;
    await recordAudit(caller, {
      action: "dataset.exported",
      targetType: "project",
      targetId: projectId,
      detail: { format, cells, exclusions, annotations },
    });
    return success<DatasetFile>({ ...fileOf(dataset, format, cells), annotations });
  },
});

function fileOf(dataset: Dataset, format: "jsonl" | "csv", cells: Cells) {
  const { name } = dataset.header.project;
  if (format === "jsonl") {
    return {
      name: `${fileName(name, "dataset")}.jsonl`,
      contentType: "application/x-ndjson; charset=utf-8",
      pieces: writeJsonl(dataset),
    };
  }
  return {
    name: `${fileName(name, "annotations", cells === "raw" ? "raw" : "")}.csv`,
    contentType: "text/csv; charset=utf-8; header=present",
    pieces: writeCsv(dataset, cells),
  };
}

async function readDataset(caller: Caller, exclusions: Exclusions): Promise<Dataset> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query("SET LOCAL statement_timeout = 120000");
    const project = await readProject(client, caller.projectId);
    const work = await readSubmittedWork(caller, {
      client,
      exclusions: exclusions === "included" ? "read" : "left_out",
    });
    const counts = await countRecords(client, caller, exclusions);
    const excluded = await countExclusions(caller.projectId, client);
    const answers = await readEventAnswers(client, {
      projectId: caller.projectId,
      userId: caller.userId,
      roundIds: null,
      documentIds: null,
      exclusions: exclusions === "included" ? "read" : "left_out",
    });
    const dataset = datasetOf(project, work, {
      answers,
      day: new Date().toISOString().slice(0, 10),
      leftOut: exclusions === "included" ? null : excluded,
    });
    const problem = countProblem(dataset) ?? differenceFrom(counts, dataset);
    if (problem !== null) throw new Error(`The export is not whole. ${problem}`);
    return dataset;
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

function differenceFrom(counts: DatasetCounts, dataset: Dataset): string | null {
  const { documents, submissions, spans, relations, unitLabels } = counts;
  const found = [dataset.documents, dataset.submissions, dataset.annotations].map(
    (each) => each.length,
  );
  const wanted = [documents, submissions, spans + relations + unitLabels];
  return found.join() === wanted.join()
    ? null
    : `It has ${found.join(", ")} documents, submissions and annotations; the database has ${wanted.join(", ")}.`;
}

async function readProject(client: Queryable, projectId: string) {
  const { rows } = await client.query<{ id: string; name: string; language: string }>(
    `SELECT id, name, language FROM project WHERE id = $1`,
    [projectId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`No project ${projectId}.`);
  return row;
}

async function countRecords(
  client: Queryable,
  { projectId, userId }: Caller,
  exclusions: Exclusions,
): Promise<DatasetCounts> {
  const { rows } = await client.query<DatasetCounts>(COUNTS, [
    projectId,
    userId,
    exclusions === "included",
  ]);
  const row = rows[0];
  if (row === undefined) throw new Error("A count answers one row.");
  return row;
}

/** $3: whether what a lead excluded is in it all the same. */
const VISIBLE = `
SELECT s.id, s.document_version_id, n.pseudonym
  FROM annotation_set s
  JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
  JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
 WHERE ${IS_VISIBLE_WORK} AND ($3::boolean OR ${IS_IN_FIGURES})`;

/** Counts rows by themselves and not what the export read, so that it can be checked by it. */
const COUNTS = `
WITH visible AS (${VISIBLE})
SELECT (SELECT count(DISTINCT document_version_id)::int FROM visible) AS documents,
       (SELECT count(*)::int FROM visible) AS submissions,
       (SELECT count(*)::int FROM span x JOIN visible v ON v.id = x.annotation_set_id
         WHERE x.project_id = $1 AND NOT x.is_removed) AS spans,
       (SELECT count(*)::int FROM relation x JOIN visible v ON v.id = x.annotation_set_id
         WHERE x.project_id = $1 AND NOT x.is_removed) AS relations,
       (SELECT count(*)::int FROM unit_label x JOIN visible v ON v.id = x.annotation_set_id
         WHERE x.project_id = $1 AND NOT x.is_removed) AS "unitLabels"`;

const PSEUDONYMS = `SELECT DISTINCT pseudonym FROM (${VISIBLE}) v ORDER BY pseudonym`;
