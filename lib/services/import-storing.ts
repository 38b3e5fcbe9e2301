import "server-only";
import { setImmediate } from "node:timers/promises";
import type { CorpusSet } from "@/lib/domain/formats/corpus";
import type { FoundFacts } from "@/lib/domain/imports/found-article";
import { pool } from "@/lib/server/db";
import { recordAudit } from "./audit";
import {
  type PreparedDocument,
  prepareDocument,
  type Stored,
  storePrepared,
} from "./document-store";
import { type ImportCodebook, importCodebook, storeSets } from "./import-annotations";
import { type ImportItem, QUIET, readItems, toNewDocument } from "./import-items";
import {
  failImport,
  type ImportPlace,
  keepImport,
  type RowState,
  type Running,
  releaseImport,
  takeImport,
} from "./import-store";
import { queueJob } from "./job-runs";
import { inTransaction } from "./project-store";

const BATCH = 100;

/** Fails the import as a whole, with a sentence for people. */
export class ImportRefused extends Error {}

/**
 * Stores what a reading found, a hundred rows at a time, each with its documents in one transaction. Killed
 * anywhere it goes on where it was: rows that are stored are passed over, and a text is never stored twice.
 */
export async function storeImportFiles(
  place: ImportPlace,
  running: Running,
): Promise<{ stored: number } | null> {
  const taken = await takeImport(place, { from: ["ready"], into: "storing" });
  if (taken === null) return null;
  const run = new StoringRun(place, running, {
    ...taken,
    codebook: await importCodebook(place.projectId, taken.settings),
  });
  try {
    await run.all();
    await settleSearch();
    const stored = await finish(place, taken.requestedBy);
    return { stored };
  } catch (error) {
    if (error instanceof ImportRefused) await failImport(place, error.message);
    throw error;
  } finally {
    await releaseImport(place);
  }
}

/** Rows are matched by their order: one that took too long in one reading only would shift those after it. */
const READ_OTHERWISE =
  "This article reads otherwise than in the preview. Read the import again before you store it.";

type Taken = NonNullable<Awaited<ReturnType<typeof takeImport>>> & {
  codebook: ImportCodebook | null;
};

type Row = {
  position: number;
  state: RowState;
  facts: FoundFacts;
  sha256: string | null;
  document_id: string | null;
};
type Ready = {
  position: number;
  state: RowState;
  prepared: PreparedDocument;
  sets: readonly CorpusSet[];
  notes: string[];
};
type Outcome = {
  position: number;
  state: RowState;
  documentId: string | null;
  title: string;
  notes: string[];
  problem: string | null;
};

class StoringRun {
  private position = 0;
  private written = 0;
  private nextLearning = BATCH;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly place: ImportPlace,
    private readonly running: Running,
    private readonly taken: Taken,
  ) {}

  async all(): Promise<void> {
    let batch: ImportItem[] = [];
    for await (const item of readItems(this.place, this.taken.settings, QUIET)) {
      batch.push(item);
      if (batch.length < BATCH) continue;
      await this.take(batch);
      batch = [];
    }
    await this.take(batch);
    await this.writing;
  }

  /** Prepares a batch while the one before is being written: one core computes, the other stores. */
  private async take(items: ImportItem[]): Promise<void> {
    this.running.signal.throwIfAborted();
    const first = this.position;
    this.position += items.length;
    const rows = await this.rowsOf(first, items.length);
    const outcomes: Outcome[] = [];
    const ready: Ready[] = [];
    for (const [at, item] of items.entries()) {
      const row = rows.get(first + at);
      if (row === undefined || !this.isWanted(row, item)) continue;
      ready.push(...this.prepare(item, row, outcomes));
      // Lets the answer to a statement of the batch before through, and its next statement out.
      await setImmediate();
    }
    await this.writing;
    this.writing = this.write(ready, outcomes);
    // Its failure is seen at the next batch; until then it must not end the process.
    this.writing.catch(() => {});
  }

  private async rowsOf(first: number, many: number): Promise<Map<number, Row>> {
    const { rows } = await pool().query<Row>(
      `SELECT position, state, facts, sha256, document_id FROM import_row
        WHERE project_id = $1 AND import_id = $2 AND position >= $3 AND position < $4`,
      [this.place.projectId, this.place.importId, first, first + many],
    );
    return new Map(rows.map((row) => [row.position, row]));
  }

  /** A text that is there already is read again only for annotations on it. */
  private isWanted(row: Row, item: ImportItem): boolean {
    if (row.state === "stored" || row.state === "refused" || "problem" in item) return false;
    return row.state === "fresh" || item.sets.length > 0 || row.document_id === null;
  }

  private prepare(item: ImportItem, row: Row, outcomes: Outcome[]): Ready[] {
    if ("problem" in item) return [];
    const { position, state } = row;
    const { document, notes } = toNewDocument(item, this.taken.settings, row.facts);
    const prepared = prepareDocument(document);
    const isOther = prepared.ok && row.sha256 !== null && row.sha256 !== prepared.value.hash;
    if (!prepared.ok || isOther) {
      const problem = prepared.ok ? READ_OTHERWISE : prepared.failure.message;
      outcomes.push({ position, state: "refused", documentId: null, title: "", notes, problem });
      return [];
    }
    return [{ position, state, prepared: prepared.value, sets: item.sets, notes }];
  }

  private async write(ready: readonly Ready[], outcomes: Outcome[]): Promise<void> {
    const { projectId, importId } = this.place;
    if (ready.length > 0) {
      const stored = await storePrepared(
        projectId,
        ready.map(({ prepared }) => prepared),
      );
      if (!stored.ok) throw new ImportRefused(stored.failure.message);
      await this.learnSizes(ready.length);
      const ours = await this.storedByUs(stored.value);
      for (const [at, each] of ready.entries()) {
        const document = stored.value[at];
        if (document !== undefined) outcomes.push(await this.outcome(each, document, ours));
      }
    }
    if (outcomes.length > 0) await writeOutcomes(this.place, outcomes);
    const done = this.position;
    await keepImport({ projectId, importId }, "storing", done);
    await this.running.progress(done);
  }

  /**
   * Tells the database how many rows young tables hold, at ten times as many each time. Until it looks by
   * itself, a minute later, it plans the checks of references as for empty tables and reads them whole.
   */
  private async learnSizes(many: number): Promise<void> {
    this.written += many;
    if (this.written < this.nextLearning) return;
    this.nextLearning = this.written * 10;
    const { rows } = await pool().query<{ young: boolean }>(
      "SELECT reltuples < 10000 AS young FROM pg_class WHERE oid = 'document'::regclass",
    );
    // Of keys only: wide columns take long to look at.
    if (rows[0]?.young) {
      await pool().query(
        `ANALYZE document (project_id, id), document_version (project_id, id, document_id, sha256),
                 document_signature (project_id, document_id), document_band (project_id, band),
                 event (project_id, id)`,
      );
    }
  }

  /** Documents that an earlier, interrupted run of this import stored without getting to say so. */
  private async storedByUs(stored: readonly Stored[]): Promise<ReadonlySet<string>> {
    const ids = stored.filter(({ isNew }) => !isNew).map(({ documentId }) => documentId);
    if (ids.length === 0) return new Set();
    const { rows } = await pool().query<{ id: string }>(
      `SELECT d.id FROM document d
        WHERE d.project_id = $1 AND d.id = ANY($2::uuid[]) AND d.created_at >= $3
          AND NOT EXISTS (SELECT 1 FROM import_row r
                           WHERE r.project_id = $1 AND r.document_id = d.id)`,
      [this.place.projectId, ids, this.taken.startedAt],
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async outcome(
    each: Ready,
    document: Stored,
    ours: ReadonlySet<string>,
  ): Promise<Outcome> {
    const notes = [...each.notes, ...(await this.annotate(each, document))];
    if (document.isNew && document.duplicateOf !== null) {
      const { title, likeness } = document.duplicateOf;
      notes.push(`Much like “${title}” (${Math.round(likeness * 100)} % alike), and linked to it.`);
    }
    const isStored = document.isNew || (each.state === "fresh" && ours.has(document.documentId));
    return {
      position: each.position,
      state: isStored ? "stored" : "known",
      documentId: document.documentId,
      title: document.title,
      notes,
      problem: null,
    };
  }

  private async annotate(each: Ready, document: Stored): Promise<string[]> {
    const { codebook, settings, requestedBy } = this.taken;
    if (each.sets.length === 0) return [];
    if (codebook === null) return ["Annotations were left out: the project has no codebook yet."];
    return storeSets(
      each.sets,
      each.prepared,
      {
        projectId: this.place.projectId,
        documentId: document.documentId,
        versionId: document.versionId,
        userId: requestedBy,
      },
      { codebook, settings },
    );
  }
}

async function writeOutcomes(
  { projectId, importId }: ImportPlace,
  outcomes: readonly Outcome[],
): Promise<void> {
  await pool().query(
    `UPDATE import_row r
        SET state = o.state::import_row_state, document_id = o."documentId", problem = o.problem,
            title = CASE WHEN o.title = '' THEN r.title ELSE o.title END, notes = o.notes
       FROM jsonb_to_recordset($3::jsonb) AS o(position int, state text, "documentId" uuid,
            title text, notes text[], problem text)
      WHERE r.project_id = $1 AND r.import_id = $2 AND r.position = o.position`,
    [projectId, importId, JSON.stringify(outcomes)],
  );
}

/** Sorts what waits into the index of words, where the database lets us: searches read all that waits. */
async function settleSearch(): Promise<void> {
  await pool().query(
    `SELECT gin_clean_pending_list(c.oid) FROM pg_class c
      WHERE c.oid = to_regclass('document_search_idx') AND pg_has_role(c.relowner, 'USAGE')`,
  );
}

async function finish(place: ImportPlace, requestedBy: string | null): Promise<number> {
  const { projectId, importId } = place;
  const { rows } = await pool().query<{ stored: number; refused: number }>(
    `SELECT count(*) FILTER (WHERE state = 'stored')::int AS stored,
            count(*) FILTER (WHERE state = 'refused')::int AS refused
       FROM import_row WHERE project_id = $1 AND import_id = $2`,
    [projectId, importId],
  );
  const { stored = 0, refused = 0 } = rows[0] ?? {};
  const { rowCount } = await pool().query(
    `UPDATE import SET state = 'done', ended_at = now(), lease_until = NULL, done = coalesce(total, done)
      WHERE project_id = $1 AND id = $2 AND state = 'storing'`,
    [projectId, importId],
  );
  if (rowCount === 0) return stored;
  if (stored > 0) await queueComparing(projectId, requestedBy);
  await dropDoubleBytes(place);
  await recordAudit(
    { userId: requestedBy ?? "", sessionId: null, projectId },
    {
      action: "documents.imported",
      targetType: "import",
      targetId: importId,
      detail: { added: stored, refused },
    },
  );
  return stored;
}

/** Which documents report on one event is found among all of the project: afterwards, and once for many imports. */
async function queueComparing(projectId: string, requestedBy: string | null): Promise<void> {
  await inTransaction(async (tx) => {
    const waiting = await tx.job.count({ where: { projectId, kind: "corpus", state: "waiting" } });
    if (waiting === 0) await queueJob(tx, { projectId, kind: "corpus", input: {}, requestedBy });
  });
}

/** The bytes of a file that is one article are with its document; those of tables and archives stay. */
async function dropDoubleBytes({ projectId, importId }: ImportPlace): Promise<void> {
  await pool().query(
    `DELETE FROM import_chunk c USING import_file f
      WHERE f.project_id = $1 AND f.import_id = $2 AND c.project_id = $1 AND c.file_id = f.id
        AND lower(f.name) ~ '[.](txt|text|md|markdown|html|htm|xhtml|docx|pdf)$'
        AND 1 = (SELECT count(*) FROM import_row r
                  WHERE r.project_id = $1 AND r.import_id = $2 AND r.file_id = f.id)
        AND EXISTS (SELECT 1 FROM import_row r JOIN document_version v
                       ON v.project_id = $1 AND v.document_id = r.document_id AND v.version = 1
                     WHERE r.project_id = $1 AND r.import_id = $2 AND r.file_id = f.id
                       AND r.state = 'stored' AND octet_length(v.original) = f.size)`,
    [projectId, importId],
  );
}
