import "server-only";
import { createHash } from "node:crypto";
import { type AgreementChoice, isFiltered } from "@/lib/domain/agreement-report/choice";
import { FORMULAS } from "@/lib/domain/agreement-report/measures";
import {
  oneEach,
  type ReportDocument,
  type ReportSet,
  type ReportWork,
} from "@/lib/domain/agreement-report/report-work";
import type { Flag, UnitLabel } from "@/lib/domain/annotation/state";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import { codePoint } from "@/lib/domain/text/offsets";
import { type BlockRole, isAnnotatable } from "@/lib/domain/text/roles";
import { pool } from "@/lib/server/db";
import { IS_IN_FIGURES, IS_VISIBLE_WORK } from "./submitted-sets";

/** Whose eyes a report is for: who still has to annotate a document sees nobody's work on it. */
export type Viewer = { projectId: string; userId: string };

/** One submission without what is in it. */
export type SubmissionNote = {
  setId: string;
  documentId: string;
  versionId: string;
  codebookVersionId: string;
  codebookVersion: number;
  annotatorId: string;
  round: { position: number; name: string };
  repetition: number;
  submittedOn: string;
  flags: Flag[];
  spans: number;
};

/** What a report will be computed from, told without reading the annotations. */
export type ReportBasis = {
  choice: AgreementChoice;
  /** All submissions that the viewer may see. */
  submissions: SubmissionNote[];
  /** Version numbers of the codebook under which work was submitted, newest first. */
  versions: number[];
  codebook: { id: string; version: number; codebook: Codebook } | null;
  /** SHA-256 over settings, submissions with their revisions, texts open to marking, codebook and formulas. */
  inputHash: string;
};

/** Reads what a report will be computed from. */
export async function readBasis(viewer: Viewer, choice: AgreementChoice): Promise<ReportBasis> {
  const [{ rows }, digest] = await Promise.all([
    pool().query<NoteRow>(NOTES, parametersOf(viewer, choice)),
    readDigest(viewer, choice),
  ]);
  const submissions = rows.map(({ roundPosition, roundName, ...row }) => ({
    ...row,
    round: { position: roundPosition, name: roundName },
  }));
  const versions = [...new Set(submissions.map(({ codebookVersion }) => codebookVersion))].sort(
    (a, b) => b - a,
  );
  const version = choice.version ?? versions[0] ?? null;
  const id = submissions.find((each) => each.codebookVersion === version)?.codebookVersionId;
  return {
    choice,
    submissions,
    versions,
    codebook:
      id === undefined || version === null
        ? null
        : { id, version, codebook: await readCodebook(viewer.projectId, id) },
    inputHash: hashOf(choice, digest),
  };
}

/** The hash alone, to see cheaply whether anything changed. */
export async function readInputHash(viewer: Viewer, choice: AgreementChoice): Promise<string> {
  return hashOf(choice, await readDigest(viewer, choice));
}

function hashOf(choice: AgreementChoice, digest: string): string {
  return createHash("sha256")
    .update(JSON.stringify([FORMULAS, choice, digest]))
    .digest("hex");
}

async function readDigest(viewer: Viewer, choice: AgreementChoice): Promise<string> {
  const { rows } = await pool().query<{ digest: string | null }>(
    DIGEST,
    parametersOf(viewer, choice),
  );
  return rows[0]?.digest ?? "";
}

function parametersOf({ projectId, userId }: Viewer, { exclusions }: AgreementChoice): unknown[] {
  return [projectId, userId, exclusions === "counted"];
}

async function readCodebook(projectId: string, id: string): Promise<Codebook> {
  const { rows } = await pool().query<{ content: unknown }>(
    "SELECT content FROM codebook_version WHERE project_id = $1 AND id = $2",
    [projectId, id],
  );
  return codebookSchema.parse(rows[0]?.content);
}

/** The submissions that count, by the settings, and how many do not. */
export function countedSubmissions({ submissions, codebook, choice }: ReportBasis) {
  const ofVersion = submissions.filter((each) => each.codebookVersionId === codebook?.id);
  const annotatable = ofVersion.filter(({ flags }) => !flags.includes("not_annotatable"));
  const kept = annotatable.filter(keptBy(choice));
  const counted = latest(kept, choice);
  return {
    counted,
    notCounted: {
      notAnnotatable: ofVersion.length - annotatable.length,
      takenOut: annotatable.length - kept.length,
      repeated: kept.length - counted.length,
    },
  };
}

/** Reads the annotations behind a basis. */
export async function readReportWork(
  { projectId }: Viewer,
  { submissions, codebook, choice }: ReportBasis,
): Promise<ReportWork> {
  const usable = submissions.filter(({ flags }) => !flags.includes("not_annotatable"));
  const people = usable.filter(keptBy({ ...choice, rounds: [] }));
  const ids = isFiltered(choice) ? usable : people;
  const [documents, contents] = await Promise.all([
    readDocuments(projectId, [...new Set(ids.map(({ versionId }) => versionId))]),
    readContents(
      projectId,
      ids.map(({ setId }) => setId),
    ),
  ]);
  const setOf = (note: SubmissionNote): ReportSet => ({
    versionId: note.versionId,
    annotatorId: note.annotatorId,
    round: note.round,
    repetition: note.repetition,
    codebookVersion: note.codebookVersion,
    submittedOn: note.submittedOn,
    spans: contents.spans.get(note.setId) ?? [],
    unitLabels: contents.unitLabels.get(note.setId) ?? [],
  });
  const ofVersion = (notes: readonly SubmissionNote[]) =>
    notes.filter((each) => each.codebookVersionId === codebook?.id);
  const sets = latest(ofVersion(people).filter(keptBy(choice)), choice).map(setOf);
  return {
    documents,
    annotators: [...new Set(sets.map(({ annotatorId }) => annotatorId))].sort(),
    sets,
    unfiltered: isFiltered(choice) ? latest(ofVersion(usable), choice).map(setOf) : null,
    all: people.map(setOf),
  };
}

function keptBy({ rounds, without, leaveOut }: AgreementChoice) {
  const people = new Set(without);
  const documents = new Set(leaveOut);
  return ({ annotatorId, documentId, round }: SubmissionNote) =>
    !people.has(annotatorId) &&
    !documents.has(documentId) &&
    (rounds.length === 0 || rounds.includes(round.position));
}

function latest(notes: readonly SubmissionNote[], { repeats }: AgreementChoice): SubmissionNote[] {
  return oneEach(notes, repeats);
}

async function readDocuments(projectId: string, versionIds: string[]): Promise<ReportDocument[]> {
  const { rows } = await pool().query<
    Omit<ReportDocument, "annotatable"> & {
      blocks: { role: BlockRole; start: number; end: number }[];
    }
  >(DOCUMENTS, [projectId, versionIds]);
  return rows.map(({ blocks, ...row }) => ({
    ...row,
    annotatable: blocks
      .filter(({ role }) => isAnnotatable(role))
      .map(({ start, end }) => ({ start: codePoint(start), end: codePoint(end) })),
  }));
}

async function readContents(projectId: string, setIds: string[]) {
  const [spanRows, unitRows] = await Promise.all([
    pool().query<{ setId: string; id: string; layer: string; label: string; ranges: number[] }>(
      SPANS,
      [projectId, setIds],
    ),
    pool().query<UnitLabel & { setId: string }>(UNIT_LABELS, [projectId, setIds]),
  ]);
  const spans = new Map<string, ReportSet["spans"][number][]>();
  for (const { setId, id, layer, label, ranges } of spanRows.rows) {
    into(spans, setId, { id, layer, label, ranges: rangesOf(ranges) });
  }
  const unitLabels = new Map<string, UnitLabel[]>();
  for (const { setId, ...label } of unitRows.rows) into(unitLabels, setId, label);
  return { spans, unitLabels };
}

function into<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function rangesOf(flat: readonly number[]): { start: number; end: number }[] {
  return Array.from({ length: flat.length >> 1 }, (_, index) => ({
    start: flat[2 * index] ?? 0,
    end: flat[2 * index + 1] ?? 0,
  }));
}

type NoteRow = Omit<SubmissionNote, "round"> & { roundPosition: number; roundName: string };

const FROM = `
  FROM annotation_set s
  JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id`;

/** $3: whether people and documents that a lead excluded count all the same. */
const IS_COUNTED = `${IS_VISIBLE_WORK} AND ($3::boolean OR ${IS_IN_FIGURES})`;

const NOTES = `
SELECT s.id AS "setId", a.document_id AS "documentId", s.document_version_id AS "versionId",
       s.codebook_version_id AS "codebookVersionId", c.version AS "codebookVersion",
       a.annotator_id AS "annotatorId", r.position AS "roundPosition", r.name AS "roundName",
       a.repetition, to_char(a.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "submittedOn",
       s.flags,
       (SELECT count(*)::int FROM span x
         WHERE x.project_id = $1 AND x.annotation_set_id = s.id AND NOT x.is_removed) AS spans
  ${FROM}
  JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
  JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
 WHERE ${IS_COUNTED}
 ORDER BY d.seq, a.annotator_id, r.position, a.repetition`;

const DIGEST = `
SELECT md5(string_agg(concat_ws(' ', s.id, s.revision, s.codebook_version_id, s.document_version_id,
         a.round_id, a.repetition, array_to_string(s.flags, ','),
         (SELECT string_agg(concat_ws('.', b.role, b.start, b."end"), ',' ORDER BY b.position)
            FROM block b WHERE b.project_id = $1 AND b.document_version_id = s.document_version_id)),
       '/' ORDER BY s.id)) AS digest
  ${FROM}
 WHERE ${IS_COUNTED}`;

const DOCUMENTS = `
SELECT v.document_id AS "documentId", v.id AS "versionId", v.length, v.tokens, v.sentences,
       (SELECT coalesce(json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                 ORDER BY b.position), '[]')
          FROM block b WHERE b.project_id = $1 AND b.document_version_id = v.id) AS blocks
  FROM document_version v
  JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
 WHERE v.project_id = $1 AND v.id = ANY($2::uuid[])
 ORDER BY d.seq, v.version`;

const SPANS = `
SELECT x.annotation_set_id AS "setId", x.id, x.layer_key AS layer, x.label_key AS label, x.ranges
  FROM span x
 WHERE x.project_id = $1 AND x.annotation_set_id = ANY($2::uuid[]) AND NOT x.is_removed
 ORDER BY x.annotation_set_id, x.start, x."end" DESC, x.id`;

const UNIT_LABELS = `
SELECT x.annotation_set_id AS "setId", x.layer_key AS layer, x.label_key AS label, x.unit,
       x.unit_start AS start, x.unit_end AS "end", x.value, x.evidence
  FROM unit_label x
 WHERE x.project_id = $1 AND x.annotation_set_id = ANY($2::uuid[]) AND NOT x.is_removed
 ORDER BY x.annotation_set_id, x.layer_key, x.unit_start, x.label_key`;
