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
  revision: number;
  flags: Flag[];
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

/** How many spans each submission holds, by its set; those with none are not in it. */
export async function countSpans(
  projectId: string,
  submissions: readonly SubmissionNote[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool().query<{ setId: string; spans: number }>(SPAN_COUNTS, [
    projectId,
    submissions.map(({ setId }) => setId),
  ]);
  return new Map(rows.map(({ setId, spans }) => [setId, spans]));
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

/** What was read of a report's work so far: whole documents with all that counts of them. */
export type PartOfWork = Pick<ReportWork, "documents" | "sets">;

/** What was read before, to be used again as it is: the very same objects for submissions that did not change. */
export type ReadBefore = {
  readonly documents: Map<string, ReportDocument>;
  readonly sets: Map<string, { readonly note: string; readonly set: ReportSet }>;
};

/** Nothing read before. */
export function nothingRead(): ReadBefore {
  return { documents: new Map(), sets: new Map() };
}

type ReadOptions = {
  /** Told what counts of each part while the next one is on its way, and the ids of all annotators of the report, sorted. */
  onPart?: (part: PartOfWork, people: readonly string[]) => void;
  /** What was read before; holds afterwards what was read now. */
  before?: ReadBefore;
};

/** Reads the annotations behind a basis, some documents at a time, and only those that were not read before. */
export async function readReportWork(
  { projectId }: Viewer,
  { submissions, codebook, choice }: ReportBasis,
  { onPart = () => {}, before = nothingRead() }: ReadOptions = {},
): Promise<ReportWork> {
  const usable = submissions.filter(({ flags }) => !flags.includes("not_annotatable"));
  const kept = usable.filter(keptBy({ ...choice, rounds: [] }));
  const notes = isFiltered(choice) ? usable : kept;
  const ofVersion = (some: readonly SubmissionNote[]) =>
    some.filter((each) => each.codebookVersionId === codebook?.id);
  const counted = latest(ofVersion(kept).filter(keptBy(choice)), choice);
  const isCounted = new Set(counted.map(({ setId }) => setId));
  const people = [...new Set(notes.map(({ annotatorId }) => annotatorId))].sort();
  const known = notes.flatMap((note) => {
    const own = before.sets.get(note.setId);
    return own?.note === wordsOf(note) ? [[note.setId, own] as const] : [];
  });
  before.sets.clear();
  for (const [setId, own] of known) before.sets.set(setId, own);
  const isKnown = (note: SubmissionNote) => before.sets.has(note.setId);
  const byVersion = groupNotes(notes);
  await readContents(
    projectId,
    notes.filter((note) => !isKnown(note)),
    (part) => {
      for (const document of part.documents) before.documents.set(document.versionId, document);
      for (const [note, set] of part.sets)
        before.sets.set(note.setId, { note: wordsOf(note), set });
      const own = part.documents.flatMap(({ versionId }) => byVersion.get(versionId) ?? []);
      const ofPart = own.flatMap(({ setId }) =>
        isCounted.has(setId) ? (before.sets.get(setId)?.set ?? []) : [],
      );
      onPart({ documents: part.documents, sets: ofPart }, people);
    },
  );
  const documents = [...byVersion.keys()].flatMap(
    (versionId) => before.documents.get(versionId) ?? [],
  );
  const setsOf = (some: readonly SubmissionNote[]) =>
    some.flatMap(({ setId }) => before.sets.get(setId)?.set ?? []);
  return {
    documents,
    annotators: [...new Set(counted.map(({ annotatorId }) => annotatorId))].sort(),
    sets: setsOf(counted),
    unfiltered: isFiltered(choice) ? setsOf(latest(ofVersion(usable), choice)) : null,
    all: setsOf(kept),
  };
}

function groupNotes(notes: readonly SubmissionNote[]): Map<string, SubmissionNote[]> {
  const groups = new Map<string, SubmissionNote[]>();
  for (const note of notes) {
    const group = groups.get(note.versionId);
    if (group === undefined) groups.set(note.versionId, [note]);
    else group.push(note);
  }
  return groups;
}

/** All that a set is read from, so that a change of any of it is seen. */
function wordsOf(note: SubmissionNote): string {
  const { revision, versionId, codebookVersion, annotatorId, round, repetition, submittedOn } =
    note;
  return [
    ...[revision, versionId, codebookVersion, annotatorId, round.position, round.name],
    ...[repetition, submittedOn],
  ].join(" ");
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

type DocumentRow = Omit<ReportDocument, "annotatable" | "tokens" | "sentences"> & {
  tokens: string;
  sentences: string;
  blocks: { role: BlockRole; start: number; end: number }[];
};

async function readDocuments(
  projectId: string,
  versionIds: readonly string[],
): Promise<ReportDocument[]> {
  const { rows } = await pool().query<DocumentRow>(DOCUMENTS, [projectId, versionIds]);
  return rows.map(({ blocks, tokens, sentences, ...row }) => ({
    ...row,
    tokens: wholeNumbers(tokens),
    sentences: wholeNumbers(sentences),
    annotatable: blocks
      .filter(({ role }) => isAnnotatable(role))
      .map(({ start, end }) => ({ start: codePoint(start), end: codePoint(end) })),
  }));
}

const SPACE = " ".charCodeAt(0);
const ZERO = "0".charCodeAt(0);

/** Numbers apart by spaces. Far quicker than arrays of the database's driver, of which there are thousands. */
function wholeNumbers(text: string): Int32Array {
  if (text === "") return new Int32Array(0);
  let count = 1;
  for (let at = 0; at < text.length; at++) count += Number(text.charCodeAt(at) === SPACE);
  const numbers = new Int32Array(count);
  let place = 0;
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE) {
      numbers[place++] = number;
      number = 0;
    } else number = 10 * number + code - ZERO;
  }
  numbers[place] = number;
  return numbers;
}

/** Submissions whose contents are read at a time, so that neither side ever holds all rows at once. */
const BATCH = 2_000;

type Contents = {
  documents: ReportDocument[];
  sets: (readonly [SubmissionNote, ReportSet])[];
};

/** Reads what is in submissions, whole documents at a time; the next part is asked for before the last one is taken. */
async function readContents(
  projectId: string,
  notes: readonly SubmissionNote[],
  take: (part: Contents) => void,
): Promise<void> {
  const { rows: keys } = await pool().query<LabelKey>(KEYS, [projectId]);
  let asked: Promise<Contents> | null = null;
  for (const part of inBatches(notes)) {
    const next = readPart(projectId, part, keys);
    // Its failure is met when its turn comes.
    next.catch(() => {});
    if (asked !== null) take(await asked);
    asked = next;
  }
  if (asked !== null) take(await asked);
}

/** Cuts notes, which are in the order of documents, into parts with all notes of their documents. */
function* inBatches(notes: readonly SubmissionNote[]): Generator<SubmissionNote[]> {
  let part: SubmissionNote[] = [];
  for (const note of notes) {
    if (part.length >= BATCH && part.at(-1)?.documentId !== note.documentId) {
      yield part;
      part = [];
    }
    part.push(note);
  }
  if (part.length > 0) yield part;
}

async function readPart(
  projectId: string,
  notes: readonly SubmissionNote[],
  keys: readonly LabelKey[],
): Promise<Contents> {
  const ids = notes.map(({ setId }) => setId);
  const names = keys.map(({ layer, label }) => `${layer} ${label}`);
  const [documents, spanRows, labelRows] = await Promise.all([
    readDocuments(projectId, [...new Set(notes.map(({ versionId }) => versionId))]),
    pool().query<{ setId: string; spans: string }>(SPANS, [projectId, ids, names]),
    pool().query<UnitLabel & { setId: string }>(UNIT_LABELS, [projectId, ids]),
  ]);
  const spans = new Map(spanRows.rows.map((row) => [row.setId, spansOf(row.spans, keys)]));
  const unitLabels = new Map<string, UnitLabel[]>();
  for (const { setId, ...label } of labelRows.rows) {
    const known = unitLabels.get(setId);
    if (known === undefined) unitLabels.set(setId, [label]);
    else known.push(label);
  }
  const sets = notes.map((note): [SubmissionNote, ReportSet] => [
    note,
    {
      versionId: note.versionId,
      annotatorId: note.annotatorId,
      round: note.round,
      repetition: note.repetition,
      codebookVersion: note.codebookVersion,
      submittedOn: note.submittedOn,
      spans: spans.get(note.setId) ?? [],
      unitLabels: unitLabels.get(note.setId) ?? [],
    },
  ]);
  return { documents, sets };
}

type LabelKey = { layer: string; label: string };

/** The spans of a set as {@link SPANS} writes them: the number of the label, from 1, and the offsets of each, after a slash. */
function spansOf(text: string, keys: readonly LabelKey[]): ReportSet["spans"] {
  const spans: ReportSet["spans"][number][] = [];
  const numbers: number[] = [];
  let number = 0;
  for (let at = 1; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO) {
      number = 10 * number + code - ZERO;
      continue;
    }
    numbers.push(number);
    number = 0;
    if (code === SPACE) continue;
    // A slash, or the end.
    spans.push(spanOf(numbers, keys));
    numbers.length = 0;
  }
  return spans;
}

function spanOf(numbers: readonly number[], keys: readonly LabelKey[]): ReportSet["spans"][number] {
  const [key = 0, start = 0, end = 0] = numbers;
  const { layer = "", label = "" } = keys[key - 1] ?? {};
  if (numbers.length === 3) return { layer, label, start, end };
  const ranges = Array.from({ length: (numbers.length - 1) >> 1 }, (_, index) => ({
    start: numbers[2 * index + 1] ?? 0,
    end: numbers[2 * index + 2] ?? 0,
  }));
  return { layer, label, ranges };
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
       s.revision, s.flags
  ${FROM}
  JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
  JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
 WHERE ${IS_COUNTED}
 ORDER BY d.seq, a.annotator_id, r.position, a.repetition`;

/** What lines of a text are cannot change once there is work on it, so its version says all. */
const DIGEST = `
SELECT md5(string_agg(concat_ws(' ', s.id, s.revision, s.codebook_version_id, s.document_version_id,
         a.round_id, a.repetition, array_to_string(s.flags, ',')), '/' ORDER BY s.id)) AS digest
  ${FROM}
 WHERE ${IS_COUNTED}`;

const DOCUMENTS = `
SELECT v.document_id AS "documentId", v.id AS "versionId", v.length,
       array_to_string(v.tokens, ' ') AS tokens, array_to_string(v.sentences, ' ') AS sentences,
       (SELECT coalesce(json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                 ORDER BY b.position), '[]')
          FROM block b WHERE b.project_id = $1 AND b.document_version_id = v.id) AS blocks
  FROM document_version v
  JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
 WHERE v.project_id = $1 AND v.id = ANY($2::uuid[])
 ORDER BY d.seq, v.version`;

const SPAN_COUNTS = `
SELECT x.annotation_set_id AS "setId", count(*)::int AS spans
  FROM span x
 WHERE x.project_id = $1 AND x.annotation_set_id = ANY($2::uuid[]) AND NOT x.is_removed
 GROUP BY x.annotation_set_id`;

const KEYS = `
SELECT DISTINCT layer_key AS layer, key AS label FROM label WHERE project_id = $1 ORDER BY 1, 2`;

/** Text is far quicker to take apart than as many arrays of the database's driver. */
const SPANS = `
SELECT x.annotation_set_id AS "setId",
       string_agg('/' || array_position($3::text[], x.layer_key || ' ' || x.label_key) || ' '
                      || array_to_string(x.ranges, ' '), '' ORDER BY x.start, x."end" DESC, x.id) AS spans
  FROM span x
 WHERE x.project_id = $1 AND x.annotation_set_id = ANY($2::uuid[]) AND NOT x.is_removed
 GROUP BY x.annotation_set_id`;

const UNIT_LABELS = `
SELECT x.annotation_set_id AS "setId", x.layer_key AS layer, x.label_key AS label, x.unit,
       x.unit_start AS start, x.unit_end AS "end", x.value, x.evidence
  FROM unit_label x
 WHERE x.project_id = $1 AND x.annotation_set_id = ANY($2::uuid[]) AND NOT x.is_removed
 ORDER BY x.annotation_set_id, x.layer_key, x.unit_start, x.label_key`;
