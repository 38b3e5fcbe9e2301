import "server-only";
import { z } from "zod";
import type { AgreementChoice } from "@/lib/domain/agreement-report/choice";
import type { LayerReport, ResampledLayer } from "@/lib/domain/agreement-report/layer-report";
import { reportLayers } from "@/lib/domain/agreement-report/layers";
import { type LabelLook, labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import {
  type Computed,
  findReportJob,
  type KnownResults,
  keepResult,
  type RunningReport,
  readResults,
} from "./agreement-cache";
import { choiceFields, choiceOf } from "./agreement-choice";
import { isWhole, queueReport } from "./agreement-job";
import {
  countedSubmissions,
  countSpans,
  type ReportBasis,
  readBasis,
  readInputHash,
  readReportWork,
  type SubmissionNote,
  type Viewer,
} from "./agreement-work";
import { countExclusions } from "./exclusions";
import { readLeftOut, shownName } from "./submitted-sets";
import { type Caller, defineUseCase } from "./use-case";

/** A document with the number of spans of each annotator who submitted it. */
export type CoverageRow = {
  documentId: string;
  title: string;
  outlet: string | null;
  /** Spans by annotator id; an annotator who is not named did not submit. */
  spans: Record<string, number>;
};

export type AgreementOverview = {
  choice: AgreementChoice;
  codebook: { name: string; version: number } | null;
  /** Versions of the codebook under which work was submitted, newest first. */
  versions: number[];
  /** Rounds under the version, in order. */
  rounds: { position: number; name: string }[];
  /** Everybody who submitted under the version, taken out or not. */
  annotators: { id: string; name: string }[];
  /** All documents of the project that the caller may compare. */
  documentCount: number;
  coverage: CoverageRow[];
  /** The figures, or null while a worker computes them. */
  layers: LayerReport[] | null;
  computedAt: Date | null;
  /** How many parts of the report are known, to be told when there are more. */
  parts: number;
  /** What takes long, without gamma while that is still computed; null before, or where there is nothing to compute. */
  resampled: ResampledLayer[] | null;
  /** The computation in the background; null when nothing is missing. */
  running: RunningReport | null;
  inputHash: string;
  /** Looks by layer, then by label. */
  looks: Record<string, Record<string, LabelLook>>;
  /** Documents that the caller has yet to annotate; not in any number. */
  leftOut: { documentId: string; title: string }[];
  /** Documents that the settings take out. */
  takenOut: { id: string; title: string }[];
  /** How many annotators and documents a lead excluded; the setting says whether they count here. */
  excluded: { annotators: number; documents: number };
  /** Whether the caller may open the list of them. */
  mayOpenExclusions: boolean;
  /** Submissions that no number counts, by reason. */
  notCounted: { notAnnotatable: number; takenOut: number; repeated: number };
};

/** What is computed while a person waits; more goes to the worker. */
const AT_ONCE = { submissions: 600, spans: 15_000 };

const input = z.strictObject({ projectId: z.uuid(), ...choiceFields });

/**
 * How the annotators of a project agree: submitted work of one codebook version, by default of the
 * newest. Nothing of a document counts for a caller who has yet to annotate it.
 */
export const openAgreement = defineUseCase({
  name: "openAgreement",
  permission: "agreement.see",
  scope: "project",
  input,
  async run(given, caller): Promise<Result<AgreementOverview>> {
    const { projectId } = given;
    const basis = await readBasis(caller, choiceOf(given));
    if (basis.choice.version !== null && basis.codebook === null) {
      return failure("not_found", "Nobody has submitted work under this version.");
    }
    const { counted, notCounted } = countedSubmissions(basis);
    const spans = await countSpans(projectId, basis.submissions);
    const results = await resultsFor(caller, basis, { counted, spans });
    const isComparable = hasPairs(counted);
    const running =
      isComparable && !isWhole(results) ? await queueReport(caller, basis, "unless_failed") : null;
    const leftOut = await readLeftOut(caller);
    return success<AgreementOverview>({
      choice: basis.choice,
      codebook: basis.codebook
        ? { name: basis.codebook.codebook.name, version: basis.codebook.version }
        : null,
      versions: basis.versions,
      rounds: roundsOf(basis),
      annotators: await readAnnotators(caller, basis),
      documentCount: (await countDocuments(projectId)) - leftOut.length,
      coverage: await readCoverage(projectId, counted, spans),
      layers: results.figures?.content ?? null,
      computedAt: results.figures?.computedAt ?? null,
      parts: partsOf(results),
      resampled: results.resampled?.content ?? null,
      running,
      inputHash: basis.inputHash,
      looks: looksOf(basis),
      leftOut,
      takenOut: await readTakenOut(projectId, basis),
      excluded: await countExclusions(projectId),
      mayOpenExclusions: caller.projectRole === "lead" || caller.instanceRole === "admin",
      notCounted,
    });
  },
});

/** Whether a report that is on somebody's screen is still the newest, and how far its computation is. */
export const followAgreement = defineUseCase({
  name: "followAgreement",
  permission: "agreement.see",
  scope: "project",
  input,
  async run(given, caller) {
    const inputHash = await readInputHash(caller, choiceOf(given));
    const results = await readResults(given.projectId, inputHash);
    return success({
      inputHash,
      parts: partsOf(results),
      running: await findReportJob(given.projectId, inputHash),
    });
  },
});

/** Has figures computed again whose computation failed. */
export const requestAgreement = defineUseCase({
  name: "requestAgreement",
  permission: "agreement.see",
  scope: "project",
  input,
  async run(given, caller) {
    const choice = choiceOf(given);
    const inputHash = await readInputHash(caller, choice);
    return success(await queueReport(caller, { choice, inputHash }, "again"));
  },
});

/** How many parts of a report are known. */
function partsOf({ figures, resampled, gamma }: KnownResults): number {
  return [figures, resampled, gamma].filter((part) => part !== null).length;
}

/** Known results; few submissions are computed here and now, and kept. */
async function resultsFor(
  viewer: Viewer,
  basis: ReportBasis,
  { counted, spans }: { counted: readonly SubmissionNote[]; spans: ReadonlyMap<string, number> },
): Promise<KnownResults> {
  const known = await readResults(viewer.projectId, basis.inputHash);
  if (known.figures !== null || basis.codebook === null) return known;
  const total = [...spans.values()].reduce((sum, own) => sum + own, 0);
  const isSmall = counted.length <= AT_ONCE.submissions && total <= AT_ONCE.spans;
  if (!isSmall) return known;
  const since = performance.now();
  const work = await readReportWork(viewer, basis);
  const content = reportLayers(basis.codebook.codebook, work, basis.choice);
  const seconds = (performance.now() - since) / 1000;
  if ((await readInputHash(viewer, basis.choice)) === basis.inputHash) {
    await keepResult({ projectId: viewer.projectId, inputHash: basis.inputHash }, "figures", {
      content,
      seconds,
    });
  }
  const figures: Computed<LayerReport[]> = { content, seconds, computedAt: new Date() };
  return { ...known, figures };
}

function hasPairs(counted: readonly SubmissionNote[]): boolean {
  return new Set(counted.map(({ versionId }) => versionId)).size < counted.length;
}

function roundsOf({ submissions, codebook }: ReportBasis): { position: number; name: string }[] {
  const rounds = new Map(
    submissions
      .filter(({ codebookVersionId }) => codebookVersionId === codebook?.id)
      .map(({ round }) => [round.position, round]),
  );
  return [...rounds.values()].sort((a, b) => a.position - b.position);
}

/** The annotators of a report by the names under which the caller meets them. */
export async function readAnnotators(
  caller: Caller,
  { submissions, codebook }: ReportBasis,
): Promise<{ id: string; name: string }[]> {
  const ids = submissions
    .filter(({ codebookVersionId }) => codebookVersionId === codebook?.id)
    .map(({ annotatorId }) => annotatorId);
  const { rows } = await pool().query<{ id: string; pseudonym: string; name: string | null }>(
    `SELECT n.id, n.pseudonym, u.name FROM annotator n LEFT JOIN "user" u ON u.id = n.user_id
      WHERE n.project_id = $1 AND n.id = ANY($2::uuid[])`,
    [caller.projectId, [...new Set(ids)]],
  );
  return rows
    .map((row) => ({ id: row.id, name: shownName(row, caller) }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

async function countDocuments(projectId: string): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int AS count FROM document WHERE project_id = $1 AND archived_at IS NULL`,
    [projectId],
  );
  return rows[0]?.count ?? 0;
}

async function readCoverage(
  projectId: string,
  counted: readonly SubmissionNote[],
  spans: ReadonlyMap<string, number>,
): Promise<CoverageRow[]> {
  const titles = await readTitles(projectId, counted);
  const rows = new Map<string, Record<string, number>>();
  for (const note of counted) {
    const own = rows.get(note.documentId) ?? {};
    own[note.annotatorId] = spans.get(note.setId) ?? 0;
    rows.set(note.documentId, own);
  }
  return titles.map((document) => ({ ...document, spans: rows.get(document.documentId) ?? {} }));
}

async function readTakenOut(
  projectId: string,
  { submissions, choice }: ReportBasis,
): Promise<{ id: string; title: string }[]> {
  const out = submissions.filter(({ documentId }) => choice.leaveOut.includes(documentId));
  const titles = await readTitles(projectId, out);
  return titles.map(({ documentId, title }) => ({ id: documentId, title }));
}

/** Titles of the documents behind submissions, in the order of the project. */
export async function readTitles(
  projectId: string,
  notes: readonly Pick<SubmissionNote, "documentId">[],
): Promise<{ documentId: string; title: string; outlet: string | null }[]> {
  const { rows } = await pool().query<{ documentId: string; title: string; outlet: string | null }>(
    `SELECT id AS "documentId", title, outlet FROM document
      WHERE project_id = $1 AND id = ANY($2::uuid[]) ORDER BY seq`,
    [projectId, [...new Set(notes.map(({ documentId }) => documentId))]],
  );
  return rows;
}

function looksOf({ codebook }: ReportBasis): Record<string, Record<string, LabelLook>> {
  if (codebook === null) return {};
  const looks = labelLooks(codebook.codebook);
  return Object.fromEntries(
    codebook.codebook.layers.map((layer) => [
      layer.key,
      Object.fromEntries(
        layer.labels.flatMap(({ key }) => {
          const look = looks.get(lookKey(layer.key, key));
          return look === undefined ? [] : [[key, look] as const];
        }),
      ),
    ]),
  );
}
