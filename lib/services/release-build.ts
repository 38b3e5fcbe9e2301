import "server-only";
import { hash } from "node:crypto";
import path from "node:path";
import type { Codebook } from "@/lib/domain/codebook/language";
import { createFormatReport } from "@/lib/domain/formats/corpus";
import { writeFramemark } from "@/lib/domain/formats/framemark/write";
import { toJsonLine } from "@/lib/domain/formats/json-records";
import { createReleaseAgreement } from "@/lib/domain/releases/agreement";
import type { ToldBackground } from "@/lib/domain/releases/background";
import { datasetCard } from "@/lib/domain/releases/card";
import type { TableName } from "@/lib/domain/releases/columns";
import { TABLES } from "@/lib/domain/releases/columns";
import type { IndexItem, IndexLine, ReleaseDifference } from "@/lib/domain/releases/compare";
import { consolidatedRows } from "@/lib/domain/releases/consolidated";
import type { Naming, ReleaseDocument } from "@/lib/domain/releases/content";
import { croissant } from "@/lib/domain/releases/croissant";
import type { ReleaseFacts, ReleaseFile } from "@/lib/domain/releases/facts";
import {
  annotationLicence,
  changelog,
  citationFile,
  datasheet,
  textLicence,
} from "@/lib/domain/releases/papers";
import {
  annotationRows,
  answerRows,
  commentRows,
  documentRow,
  eventAnswerRows,
  type RowContext,
  rowContext,
  submissionRows,
} from "@/lib/domain/releases/records";
import type { ReleaseSettings } from "@/lib/domain/releases/settings";
import { softRows, voteRows } from "@/lib/domain/releases/soft-labels";
import { createTally, type ReleaseCounts, type ReleaseTally } from "@/lib/domain/releases/tally";
import { comparableItems, toCorpus } from "@/lib/domain/releases/to-corpus";
import { SOFTWARE } from "@/lib/domain/software";
import { pool } from "@/lib/server/db";
import { newestSeal } from "./audit-seals";
import { readEventAnswers } from "./event-answer-export";
import type { Queryable } from "./project-store";
import { readBackground } from "./release-background";
import { compareStored } from "./release-compare";
import {
  countRelease,
  createNaming,
  type PlannedDocument,
  planRelease,
  type ReleaseCodebook,
  type ReleaseScope,
  readReleaseAnnotators,
  readReleaseCodebooks,
  readReleaseDocuments,
} from "./release-content";
import {
  archivePath,
  createSpool,
  indexPath,
  packSpool,
  putInPlace,
  type Spool,
} from "./release-files";

/** A release as it was asked for. */
export type StoredRelease = {
  projectId: string;
  releaseId: string;
  version: number;
  name: string;
  /** Day on which it was asked for. */
  day: string;
  createdById: string | null;
  settings: ReleaseSettings;
  salt: string;
};

/** What is kept of a release in the database, and what manifest.json of the archive says. */
export type ReleaseManifest = {
  format: "framemark-release/1";
  counts: ReleaseCounts;
  annotators: number;
  splits: ReleaseTally["splits"];
  files: ReleaseFile[];
  /** Of the archive. */
  bytes: number;
  labels: Record<string, number>;
  /** The newest seal of the project's audit log at that moment, which dates the log. */
  auditSeal: string | null;
};

const FORMAT = "framemark-release/1";

type Steps = { runId: string; progress: (done: number, total: number) => Promise<void> };

/**
 * Freezes a release: one snapshot of the database, document by document, into files that are packed and
 * put into place at once. Run again, it begins anew and leaves nothing of the run before.
 */
export async function buildRelease(
  release: StoredRelease,
  steps: Steps,
): Promise<{ manifest: ReleaseManifest; sha256: string }> {
  const { projectId, releaseId } = release;
  const archive = archivePath(projectId, releaseId);
  const index = indexPath(projectId, releaseId);
  const spool = await createSpool(archive, steps.runId);
  const indexSpool = await createSpool(index, steps.runId);
  try {
    const content = await writeContent(release, { spool, indexSpool }, steps.progress);
    spool.close();
    indexSpool.write("index.jsonl", "");
    indexSpool.close();
    const draftIndex = path.join(indexSpool.folder, "index.jsonl");
    await writePapers(release, spool, content, draftIndex);
    spool.close();
    const files = spool.files();
    const draft = path.join(indexSpool.folder, "archive.zip");
    const packed = await packSpool(spool, draft, () =>
      steps.progress(content.total, content.total),
    );
    await putInPlace(draftIndex, index);
    await putInPlace(draft, archive);
    const { counts, splits, annotators, labels } = content.tally;
    return {
      sha256: packed.sha256,
      manifest: {
        format: FORMAT,
        counts,
        annotators: annotators.length,
        splits,
        files,
        bytes: packed.bytes,
        labels,
        auditSeal: await newestSeal(pool(), projectId),
      },
    };
  } finally {
    await spool.remove();
    await indexSpool.remove();
  }
}

type Content = {
  total: number;
  tally: ReleaseTally;
  codebooks: ReleaseCodebook[];
  agreement: ReturnType<typeof createReleaseAgreement>;
  project: { name: string; description: string };
  rounds: string[];
  background: ToldBackground | null;
};

async function writeContent(
  release: StoredRelease,
  spools: { spool: Spool; indexSpool: Spool },
  progress: Steps["progress"],
): Promise<Content> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query("SET LOCAL statement_timeout = 600000");
    await client.query("SET LOCAL idle_in_transaction_session_timeout = 600000");
    // Many short statements: translating each to machine code takes longer than running it.
    await client.query("SET LOCAL jit = off");
    return await writeSnapshot(client, release, spools, progress);
  } finally {
    // Thrown away, which ends the transaction whatever state it is in.
    await client.query("ROLLBACK").catch(() => {});
    client.release();
  }
}

async function writeSnapshot(
  client: Queryable,
  release: StoredRelease,
  { spool, indexSpool }: { spool: Spool; indexSpool: Spool },
  progress: Steps["progress"],
): Promise<Content> {
  const { projectId, createdById, settings } = release;
  const scope: ReleaseScope = { projectId, userId: createdById ?? NOBODY, settings };
  const codebooks = await readReleaseCodebooks(client, scope);
  const naming = createNaming(release.salt, settings, codebooks);
  const byVersion = new Map(codebooks.map(({ version, codebook }) => [version, codebook]));
  const newest = codebooks[0];
  const counts = await countRelease(client, scope);
  const agreement = createReleaseAgreement(newest?.codebook ?? null, newest?.version ?? 0, counts);
  const tally = createTally();
  const plan = await planRelease(client, scope);
  const total = plan.documents.length;
  const project = await readProject(client, projectId);
  const corpus = writeFramemark({ report: createFormatReport(), projectName: project.name });
  beginTables(spool, naming);
  const seen = new Set<string>();
  let done = 0;
  for await (const { planned, document } of readReleaseDocuments(client, scope, plan, naming)) {
    const context = rowContext(document, naming);
    for (const { annotator } of document.sets) seen.add(annotator);
    writeTables(spool, context, byVersion);
    for (const { content } of corpus.write(toCorpus(document, naming))) {
      spool.write("corpus.jsonl", withoutText(content, settings.text));
    }
    indexSpool.write("index.jsonl", toJsonLine(indexLine(planned, document)));
    tally.add(document);
    agreement.add(document);
    done++;
    await progress(done, total);
  }
  if (settings.hasAnnotators) {
    const answers = await readEventAnswers(client, {
      projectId,
      userId: scope.userId,
      roundIds: settings.roundIds.length === 0 ? null : settings.roundIds,
      documentIds: plan.documents.map(({ documentId }) => documentId),
      exclusions: "read",
    });
    spool.write("event_answers.jsonl", eventAnswerRows(answers, naming).map(toJsonLine).join(""));
  }
  for (const { content } of corpus.end()) spool.write("corpus.jsonl", content);
  const found = tally.tally();
  checkCounts(counts, found.counts);
  if (seen.size !== found.annotators.length) throw new Error("Two annotators have one pseudonym.");
  return {
    total,
    tally: found,
    codebooks,
    agreement,
    project,
    rounds: await readRounds(client, projectId, settings.roundIds),
    background: await backgroundOf(client, scope, naming.pseudonymOf),
  };
}

/** Every table is there, also where nothing is in it. */
function beginTables(spool: Spool, { keepsComments }: Pick<Naming, "keepsComments">): void {
  for (const table of Object.keys(TABLES)) {
    if (table !== "comments.jsonl" || keepsComments) spool.write(table, "");
  }
}

async function backgroundOf(
  client: Queryable,
  scope: ReleaseScope,
  nameOf: (annotatorId: string) => string,
): Promise<ToldBackground | null> {
  if (scope.settings.background === "drop") return null;
  const annotatorIds = await readReleaseAnnotators(client, scope);
  return readBackground(client, scope.projectId, { annotatorIds, nameOf });
}

/** The rows of one document in all tables. */
function writeTables(
  spool: Spool,
  context: RowContext,
  codebooks: ReadonlyMap<number, Codebook>,
): void {
  const write = (table: TableName, rows: readonly object[]) => {
    if (rows.length > 0) spool.write(table, rows.map(toJsonLine).join(""));
  };
  const goldVersion = context.document.gold?.codebookVersion ?? 0;
  write("documents.jsonl", [documentRow(context)]);
  write("submissions.jsonl", submissionRows(context));
  write("annotations.jsonl", annotationRows(context));
  write("document_answers.jsonl", answerRows(context));
  write("comments.jsonl", commentRows(context));
  write("consolidated.jsonl", consolidatedRows(context, codebooks.get(goldVersion) ?? null));
  write("soft_labels.jsonl", softRows(context, codebooks));
  write("character_votes.jsonl", voteRows(context));
}

/** Nobody's: a system's release leaves nothing out. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** In a release without texts the corpus has null for texts and quotes; rehydration fills them in. */
function withoutText(content: string | Uint8Array, text: ReleaseSettings["text"]): string {
  const lines = typeof content === "string" ? content : Buffer.from(content).toString("utf8");
  if (text === "full") return lines;
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const record = JSON.parse(line) as Record<string, unknown>;
      if (record.record === "document") record.text = null;
      if (record.record === "annotation" && "quote" in record) record.quote = null;
      return toJsonLine(record);
    })
    .join("");
}

function indexLine(planned: PlannedDocument, document: ReleaseDocument): IndexLine {
  const items = comparableItems(document).map(([key, content]): [string, IndexItem] => {
    const [layer, label] = JSON.parse(content) as [string, string];
    return [key, [layer, label, hash("sha256", content).slice(0, 16)]];
  });
  return {
    order: [planned.seq, planned.version],
    id: document.id,
    title: document.title,
    sha256: document.sha256,
    items: Object.fromEntries(items),
  };
}

/** What was written is what the database counts, or there is no release. */
function checkCounts(wanted: ReleaseCounts, found: ReleaseCounts): void {
  for (const key of Object.keys(found) as (keyof ReleaseCounts)[]) {
    if (wanted[key] !== found[key]) {
      throw new Error(`The release has ${found[key]} ${key}; the database has ${wanted[key]}.`);
    }
  }
}

async function writePapers(
  release: StoredRelease,
  spool: Spool,
  content: Content,
  draftIndex: string,
): Promise<void> {
  const facts = factsOf(release, content);
  const { settings } = release;
  for (const { version, codebook } of content.codebooks) {
    spool.write(`codebook/version-${version}.json`, `${JSON.stringify(codebook, null, 2)}\n`);
  }
  const agreement = content.agreement.report({
    project: facts.projectName,
    software: SOFTWARE,
    computedAt: release.day,
    inputHash: spool.files().find((file) => file.path === "annotations.jsonl")?.sha256 ?? "",
  });
  for (const [name, report] of Object.entries(agreement)) spool.write(name, report);
  spool.write("annotators.csv", annotatorsCsv(content.tally, content.background));
  spool.write("splits.json", `${JSON.stringify(splitsJson(settings, content.tally), null, 2)}\n`);
  spool.write("README.md", datasetCard(facts));
  spool.write("datasheet.md", datasheet(facts));
  spool.write("CITATION.cff", citationFile(facts));
  spool.write("LICENSE-annotations", annotationLicence(facts));
  spool.write("LICENSE-text", textLicence(facts));
  spool.write("CHANGELOG.md", changelog(facts, await differenceBefore(release, draftIndex)));
  spool.write("croissant.json", `${JSON.stringify(croissant(facts, spool.files()), null, 2)}\n`);
  spool.write("manifest.json", `${JSON.stringify(manifestJson(facts, spool.files()), null, 2)}\n`);
  const sums = spool.files().map(({ path: name, sha256: sum }) => `${sum}  ${name}\n`);
  spool.write("checksums.sha256", sums.join(""));
}

function factsOf(release: StoredRelease, content: Content): ReleaseFacts {
  return {
    projectName: content.project.name,
    projectDescription: content.project.description,
    version: release.version,
    name: release.name,
    day: release.day,
    settings: release.settings,
    tally: content.tally,
    codebooks: content.codebooks.map(({ version, codebook }) => ({
      version,
      name: codebook.name,
      description: codebook.description,
      citation: codebook.citation,
      guidelines: codebook.guidelines,
      layers: codebook.layers.map(({ key, name, level, labels }) => ({
        key,
        name,
        level,
        labels: labels.length,
      })),
    })),
    rounds: content.rounds,
    software: `${SOFTWARE.name} ${SOFTWARE.version}`,
    background: content.background,
  };
}

function splitsJson({ split }: ReleaseSettings, tally: ReleaseTally): object {
  return { by: split.by, seed: split.seed, table: tally.splits };
}

/** One row for each annotator; nothing stands where nothing is told. */
function annotatorsCsv({ annotators }: ReleaseTally, background: ToldBackground | null): string {
  const questions = background?.questions ?? [];
  const head = ["annotator", "documents", "annotations", "active_minutes"];
  const rows = annotators.map(({ annotator, documents, annotations, activeSeconds }) => [
    ...[annotator, documents, annotations, Math.round(activeSeconds / 60)],
    ...questions.map(({ key }) => background?.bands.get(annotator)?.[key] ?? ""),
  ]);
  const lines = [[...head, ...questions.map(({ key }) => `background_${key}`)], ...rows];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

function manifestJson(facts: ReleaseFacts, files: readonly ReleaseFile[]): object {
  const { roundIds: _rounds, documentIds, ...choices } = facts.settings;
  return {
    format: FORMAT,
    project: facts.projectName,
    release: facts.version,
    name: facts.name,
    frozen_on: facts.day,
    offsets: "unicode_code_points",
    choices: { ...choices, rounds: facts.rounds, documents: documentIds?.length ?? "all" },
    counts: facts.tally.counts,
    annotators: facts.tally.annotators.length,
    files,
  };
}

async function differenceBefore(
  { projectId, version }: StoredRelease,
  draftIndex: string,
): Promise<{ version: number; difference: ReleaseDifference } | null> {
  const { rows } = await pool().query<{ id: string; version: number }>(
    `SELECT id, version FROM release
      WHERE project_id = $1 AND version < $2 AND state = 'ready' ORDER BY version DESC LIMIT 1`,
    [projectId, version],
  );
  const before = rows[0];
  if (before === undefined) return null;
  const difference = await compareStored(indexPath(projectId, before.id), draftIndex);
  return difference === null ? null : { version: before.version, difference };
}

async function readProject(client: Queryable, projectId: string) {
  const { rows } = await client.query<{ name: string; description: string }>(
    "SELECT name, description FROM project WHERE id = $1",
    [projectId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`No project ${projectId}.`);
  return row;
}

async function readRounds(
  client: Queryable,
  projectId: string,
  roundIds: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM round WHERE project_id = $1 AND (cardinality($2::uuid[]) = 0 OR id = ANY($2))
      ORDER BY position`,
    [projectId, roundIds],
  );
  return rows.map(({ name }) => name);
}
