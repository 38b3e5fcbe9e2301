import "server-only";
import { z } from "zod";
import {
  changeSettings,
  type ImportSettings,
  importSettings,
  settingsChange,
} from "@/lib/domain/imports/settings";
import { failure, type Result, success } from "@/lib/domain/result";
import { normaliseText } from "@/lib/domain/text/normalise";
import { db, pool } from "@/lib/server/db";
import { isWebImportOn } from "@/lib/server/env";
import { fetchArticle } from "@/lib/server/fetch-article";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "./audit";
import { displayName, keepFile } from "./import-files";
import { queueImport } from "./import-jobs";
import { takeFetches, takeImport } from "./import-limits";
import { readImportFiles } from "./import-reading";
import { endingOf } from "./import-sources";
import {
  type ImportFound,
  ImportLost,
  type ImportPlace,
  importFound,
  type RowState,
} from "./import-store";
import { ImportRefused, storeImportFiles } from "./import-storing";
import { inLiveProject } from "./project-store";
import { defineUseCase } from "./use-case";

const onImport = { projectId: z.uuid(), importId: z.uuid() };

/**
 * Read at once, in the request: no more than this in bytes and files, and only formats without structure. What
 * has one goes to the worker, where a hostile file holds up one thread and nobody else.
 */
const SMALL_BYTES = 1_000_000;
const SMALL_FILES = 50;
const LIGHT = new Set(["txt", "text", "md", "markdown", "csv", "tsv", "json", "jsonl"]);
/** Stored at once, in the request. */
const SMALL_ROWS = 50;
const MOST_ADDRESSES = 100;
const MOST_LISTED = 50;

/** Begins an import, which then takes files. Settings that are left out are those of the last import. */
export const createImport = defineUseCase({
  name: "createImport",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), settings: settingsChange.default({}) }),
  async run({ projectId, settings }, caller): Promise<Result<{ importId: string }>> {
    const limited = await takeImport(caller);
    if (limited !== null) return limited;
    return inLiveProject(projectId, async (tx) => {
      const project = await tx.project.findUniqueOrThrow({
        where: { id: projectId },
        select: { language: true },
      });
      const importId = newId();
      const whole = changeSettings({ language: project.language }, settings);
      if (!whole.ok) return whole;
      await tx.import.create({
        data: {
          projectId,
          id: importId,
          settings: whole.value,
          requestedBy: caller.userId || null,
        },
      });
      return success({ importId });
    });
  },
});

const sentFile = z.custom<AsyncIterable<Uint8Array>>(
  (value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value,
  "Send the bytes of a file.",
);

/** Takes a file into an open import, as a stream. */
export const addImportFile = defineUseCase({
  name: "addImportFile",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    ...onImport,
    name: z.string().max(4_000),
    bytes: sentFile,
    size: z.int().min(0).optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/)
      .optional(),
  }),
  run: ({ projectId, importId, name, bytes, size, sha256 }) =>
    keepFile(projectId, importId, {
      name,
      bytes,
      expected: {
        ...(size === undefined ? {} : { size }),
        ...(sha256 === undefined ? {} : { sha256 }),
      },
    }),
});

/** Takes pasted articles into an open import, each as a file of its own. */
export const addImportText = defineUseCase({
  name: "addImportText",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    ...onImport,
    name: z.string().max(400).default("Pasted text"),
    text: z.string().max(8_000_000, "A document has at most two million characters."),
  }),
  async run({ projectId, importId, name, text }) {
    // Judged before it becomes bytes: half a character would silently turn into another.
    const normal = normaliseText(text);
    if (!normal.ok) return normal;
    return keepFile(projectId, importId, {
      name: endingOf(name) === "txt" ? name : `${displayName(name)}.txt`,
      bytes: bytesOf(new TextEncoder().encode(text)),
    });
  },
});

export type FetchedPage = { address: string; problem: string | null };

/** Fetches pages from the web into an open import. Off unless the operator of the site allows it. */
export const addImportAddresses = defineUseCase({
  name: "addImportAddresses",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    ...onImport,
    addresses: z
      .array(z.string().max(4_000))
      .min(1, "Give an address.")
      .max(MOST_ADDRESSES, `Give at most ${MOST_ADDRESSES} addresses at once.`),
  }),
  async run({ projectId, importId, addresses }, caller): Promise<Result<FetchedPage[]>> {
    if (!isWebImportOn()) {
      return failure(
        "closed",
        "This site does not fetch pages from the web. Save the page in your browser and import the file.",
      );
    }
    const taken = await takeFetches(caller, addresses.length);
    if (!taken.ok) return taken;
    try {
      return await fetchAll({ projectId, importId }, addresses);
    } finally {
      taken.value.release();
    }
  },
});

async function fetchAll(
  { projectId, importId }: ImportPlace,
  addresses: readonly string[],
): Promise<Result<FetchedPage[]>> {
  const pages: FetchedPage[] = [];
  for (const address of addresses) {
    const fetched = await fetchArticle(address);
    if (!fetched.ok) {
      pages.push({ address, problem: fetched.failure.message });
      continue;
    }
    const { bytes, type, address: final } = fetched.value;
    const kept = await keepFile(projectId, importId, {
      name: nameOfPage(final, type),
      bytes: bytesOf(bytes),
      address: final,
    });
    if (!kept.ok) return kept;
    pages.push({ address, problem: null });
  }
  return success(pages);
}

function nameOfPage(address: string, type: string): string {
  const { hostname, pathname } = new URL(address);
  const path = pathname.replace(/\.[a-z]{1,5}$/i, "").replace(/\/+$/, "");
  return `${hostname}${path}`.slice(0, 300) + (/plain/i.test(type) ? ".txt" : ".html");
}

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/**
 * Finds out what an import would do, and stores no document. Small ones are read at once; others in the
 * background. May be called again with other settings.
 */
export const readImport = defineUseCase({
  name: "readImport",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    ...onImport,
    settings: settingsChange.default({}),
    where: z.enum(["auto", "here", "background"]).default("auto"),
  }),
  async run({ projectId, importId, settings, where }, caller): Promise<Result<ImportView>> {
    const place = { projectId, importId };
    const prepared = await inLiveProject(projectId, async (tx) => {
      const row = await tx.import.findUnique({
        where: { projectId_id: { projectId, id: importId } },
        select: {
          state: true,
          settings: true,
          leaseUntil: true,
          files: { where: { sha256: { not: null } }, select: { name: true, size: true } },
        },
      });
      if (row === null) return noImport();
      if (!isReadable(row)) return failure("closed", "This import has begun already.");
      if (row.files.length === 0) {
        return failure("invalid", "Add a file, a text or an address first.");
      }
      const whole = changeSettings(row.settings as object, settings);
      if (!whole.ok) return whole;
      await tx.import.update({
        where: { projectId_id: { projectId, id: importId } },
        data: {
          settings: await withRemembered(projectId, whole.value),
          state: "reading",
          // Without a lease, so that whoever reads it can take it.
          leaseUntil: null,
          done: 0,
          total: null,
        },
      });
      if (where === "here" || (where === "auto" && isSmall(row.files))) {
        return success("here" as const);
      }
      await queueImport(tx, place, { kind: "import_reading", requestedBy: caller.userId || null });
      return success("queued" as const);
    });
    if (!prepared.ok) return prepared;
    if (prepared.value === "here") await readImportFiles(place, unwatched());
    return viewImport(place);
  },
});

/** Also where a reading has died: nobody holds it then. */
function isReadable({ state, leaseUntil }: { state: string; leaseUntil: Date | null }): boolean {
  return state === "open" || state === "ready" || (state === "reading" && !isHeld(leaseUntil));
}

function isSmall(files: readonly { name: string; size: number }[]): boolean {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return (
    files.length <= SMALL_FILES &&
    size <= SMALL_BYTES &&
    files.every(({ name }) => LIGHT.has(endingOf(name)))
  );
}

/** Columns and labels that people chose for the last import hold for the next, until they choose anew. */
async function withRemembered(
  projectId: string,
  settings: ImportSettings,
): Promise<ImportSettings> {
  if (settings.columns !== null && settings.labels.length > 0) return settings;
  const rows = await db().import.findMany({
    where: { projectId, state: "done" },
    orderBy: { seq: "desc" },
    take: 10,
    select: { settings: true },
  });
  const before = rows.flatMap((row) => importSettings.safeParse(row.settings).data ?? []);
  const columns = before.find((each) => each.columns !== null)?.columns ?? null;
  const labels = before.find((each) => each.labels.length > 0)?.labels ?? [];
  return {
    ...settings,
    columns: settings.columns ?? columns,
    labels: settings.labels.length > 0 ? settings.labels : labels,
  };
}

function unwatched() {
  return { progress: async () => {}, signal: new AbortController().signal };
}

/** Stores what was read. Small imports are stored at once; others in the background. */
export const startImport = defineUseCase({
  name: "startImport",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    ...onImport,
    where: z.enum(["auto", "here", "background"]).default("auto"),
  }),
  async run({ projectId, importId, where }, caller): Promise<Result<ImportView>> {
    const place = { projectId, importId };
    const prepared = await inLiveProject(projectId, async (tx) => {
      const row = await tx.import.findUnique({
        where: { projectId_id: { projectId, id: importId } },
        select: { state: true, total: true, leaseUntil: true, startedAt: true, found: true },
      });
      if (row === null) return noImport();
      const isAgain =
        row.state === "failed" || (row.state === "storing" && !isHeld(row.leaseUntil));
      if (row.state !== "ready" && !isAgain) {
        return failure("closed", "This import was not read yet, or it was started already.");
      }
      await tx.import.update({
        where: { projectId_id: { projectId, id: importId } },
        data: {
          state: "storing",
          // Without a lease, so that whoever stores it can take it.
          leaseUntil: null,
          endedAt: null,
          problem: null,
          startedAt: isAgain ? row.startedAt : new Date(),
        },
      });
      if (where === "here" || (where === "auto" && isQuick(row))) return success("here" as const);
      await queueImport(tx, place, { kind: "import_storing", requestedBy: caller.userId || null });
      return success("queued" as const);
    });
    if (!prepared.ok) return prepared;
    if (prepared.value === "here") {
      const stored = await storeHere(place);
      if (!stored.ok) return stored;
    }
    return viewImport(place);
  },
});

function isQuick({ total, found }: { total: number | null; found: unknown }): boolean {
  return (total ?? 0) <= SMALL_ROWS && importFound.parse(found).length < SMALL_BYTES;
}

function isHeld(leaseUntil: Date | null): boolean {
  return leaseUntil !== null && leaseUntil > new Date();
}

async function storeHere(place: { projectId: string; importId: string }): Promise<Result<null>> {
  try {
    await storeImportFiles(place, unwatched());
    return success(null);
  } catch (error) {
    if (error instanceof ImportRefused) return failure("closed", error.message);
    if (error instanceof ImportLost) return failure("conflict", error.message);
    throw error;
  }
}

/** Ends an import before its time. What is stored stays; the rest is not stored. */
export const cancelImport = defineUseCase({
  name: "cancelImport",
  permission: "document.import",
  scope: "project",
  input: z.strictObject(onImport),
  async run({ projectId, importId }, caller): Promise<Result<ImportView>> {
    const { rowCount } = await pool().query(
      `WITH ended AS (
         UPDATE import SET state = 'cancelled', ended_at = now(), lease_until = NULL
          WHERE project_id = $1 AND id = $2
            AND state IN ('open', 'reading', 'ready', 'storing', 'failed')
         RETURNING id
       ), stopped AS (
         UPDATE job j SET state = 'cancelled', ended_at = now(), lease_until = NULL
           FROM ended
          WHERE j.project_id = $1 AND j.input->>'importId' = $2::text
            AND j.kind IN ('import_reading', 'import_storing') AND j.state IN ('waiting', 'running')
       )
       SELECT 1 FROM ended`,
      [projectId, importId],
    );
    if (rowCount === 0) return failure("conflict", "This import has ended already.");
    await dropUnstored(projectId, importId);
    await recordAudit(caller, {
      action: "import.cancelled",
      targetType: "import",
      targetId: importId,
    });
    return viewImport({ projectId, importId });
  },
});

/** The bytes of an import of which nothing was stored are of no use. */
async function dropUnstored(projectId: string, importId: string): Promise<void> {
  await pool().query(
    `DELETE FROM import_chunk c USING import_file f
      WHERE f.project_id = $1 AND f.import_id = $2 AND c.project_id = $1 AND c.file_id = f.id
        AND NOT EXISTS (SELECT 1 FROM import_row r
                         WHERE r.project_id = $1 AND r.import_id = $2 AND r.state = 'stored')`,
    [projectId, importId],
  );
}

export type ImportState =
  | "open"
  | "reading"
  | "ready"
  | "storing"
  | "done"
  | "cancelled"
  | "failed";

/** An import as people see it. */
export type ImportView = {
  importId: string;
  state: ImportState;
  settings: ImportSettings;
  found: ImportFound;
  files: { name: string; size: number; address: string | null }[];
  /** Files beyond those shown. */
  hiddenFiles: number;
  done: number;
  total: number | null;
  rows: Record<RowState, number>;
  /** Rows with something to look at: refused, or with a note. */
  troubled: number;
  problem: string | null;
  createdAt: string;
  endedAt: string | null;
};

/** One import, to follow it. */
export const openImport = defineUseCase({
  name: "openImport",
  permission: "document.import",
  scope: "project",
  input: z.strictObject(onImport),
  run: (place) => viewImport(place),
});

type ViewRow = Omit<ImportView, "settings" | "found" | "createdAt" | "endedAt" | "hiddenFiles"> & {
  settings: unknown;
  found: unknown;
  created_at: Date;
  ended_at: Date | null;
  many: number;
};

async function viewImport({
  projectId,
  importId,
}: {
  projectId: string;
  importId: string;
}): Promise<Result<ImportView>> {
  const { rows } = await pool().query<ViewRow>(VIEW, [projectId, importId, MOST_LISTED]);
  const row = rows[0];
  if (row === undefined) return noImport();
  const { created_at, ended_at, many, files, ...rest } = row;
  const shown = files ?? [];
  return success({
    ...rest,
    files: shown,
    hiddenFiles: many - shown.length,
    settings: importSettings.parse(row.settings),
    found: importFound.parse(row.found),
    createdAt: created_at.toISOString(),
    endedAt: ended_at?.toISOString() ?? null,
  });
}

/** A job that was given up leaves its import as it was: its problem is shown with it. */
const VIEW = `
SELECT i.id AS "importId", i.settings, i.found, i.done, i.total, i.created_at, i.ended_at,
       CASE WHEN i.state IN ('reading', 'storing') AND j.state = 'failed' THEN 'failed'
            ELSE i.state::text END AS state,
       coalesce(i.problem, CASE WHEN i.state IN ('reading', 'storing') THEN j.problem END) AS problem,
       (SELECT count(*)::int FROM import_file f
         WHERE f.project_id = $1 AND f.import_id = i.id AND f.sha256 IS NOT NULL) AS many,
       (SELECT json_agg(json_build_object('name', f.name, 'size', f.size, 'address', f.address)
                        ORDER BY f.position)
          FROM (SELECT * FROM import_file f
                 WHERE f.project_id = $1 AND f.import_id = i.id AND f.sha256 IS NOT NULL
                 ORDER BY f.position LIMIT $3) f) AS files,
       (SELECT json_build_object(
                 'fresh', count(*) FILTER (WHERE r.state = 'fresh'),
                 'known', count(*) FILTER (WHERE r.state = 'known'),
                 'refused', count(*) FILTER (WHERE r.state = 'refused'),
                 'stored', count(*) FILTER (WHERE r.state = 'stored'))
          FROM import_row r WHERE r.project_id = $1 AND r.import_id = i.id) AS rows,
       (SELECT count(*)::int FROM import_row r
         WHERE r.project_id = $1 AND r.import_id = i.id
           AND (r.state = 'refused' OR cardinality(r.notes) > 0)) AS troubled
  FROM import i
  LEFT JOIN LATERAL (SELECT j.state, j.problem FROM job j
                      WHERE j.project_id = $1 AND j.input->>'importId' = i.id::text
                        AND j.kind IN ('import_reading', 'import_storing')
                      ORDER BY j.created_at DESC LIMIT 1) j ON true
 WHERE i.project_id = $1 AND i.id = $2`;

export type ListedImport = {
  importId: string;
  state: ImportState;
  /** Name of its first file. */
  name: string;
  files: number;
  stored: number;
  refused: number;
  startedOn: string;
};

/** The newest imports of a project, up to twenty. */
export const listImports = defineUseCase({
  name: "listImports",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }): Promise<Result<ListedImport[]>> {
    const { rows } = await pool().query<ListedImport>(
      `SELECT i.id AS "importId", i.state, f.name, f.files,
              to_char(i.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS "startedOn",
              (SELECT count(*)::int FROM import_row r WHERE r.project_id = $1
                  AND r.import_id = i.id AND r.state = 'stored') AS stored,
              (SELECT count(*)::int FROM import_row r WHERE r.project_id = $1
                  AND r.import_id = i.id AND r.state = 'refused') AS refused
         FROM import i
         JOIN LATERAL (SELECT min(f.name) AS name, count(*)::int AS files FROM import_file f
                        WHERE f.project_id = $1 AND f.import_id = i.id) f ON f.files > 0
        WHERE i.project_id = $1 ORDER BY i.seq DESC LIMIT 20`,
      [projectId],
    );
    return success(rows);
  },
});

export type ImportRow = {
  position: number;
  state: RowState;
  file: string;
  place: string;
  line: number | null;
  title: string;
  /** Code points. */
  length: number | null;
  notes: string[];
  problem: string | null;
  documentId: string | null;
};

export type ImportRowPage = { rows: ImportRow[]; next: number | null };

/** Rows of an import in the order of its files, two hundred at a time. */
export const listImportRows = defineUseCase({
  name: "listImportRows",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    ...onImport,
    show: z.enum(["all", "troubled", "fresh", "known", "refused", "stored"]).default("all"),
    after: z.coerce.number().int().min(0).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(200),
  }),
  async run({ projectId, importId, show, after, limit }): Promise<Result<ImportRowPage>> {
    const { rows } = await pool().query<ImportRow>(ROWS, [
      projectId,
      importId,
      after ?? -1,
      show,
      limit + 1,
    ]);
    const shown = rows.slice(0, limit);
    return success({
      rows: shown,
      next: rows.length > limit ? (shown.at(-1)?.position ?? null) : null,
    });
  },
});

const ROWS = `
SELECT r.position, r.state, f.name AS file, r.place, r.line, r.title, r.length, r.notes, r.problem,
       r.document_id AS "documentId"
  FROM import_row r JOIN import_file f ON f.project_id = r.project_id AND f.id = r.file_id
 WHERE r.project_id = $1 AND r.import_id = $2 AND r.position > $3
   AND CASE $4::text WHEN 'all' THEN true
                     WHEN 'troubled' THEN r.state = 'refused' OR cardinality(r.notes) > 0
                     ELSE r.state::text = $4::text END
 ORDER BY r.position LIMIT $5`;

/** Why a row is not stored that a person left out. */
const LEFT_OUT = "Left out by hand.";

/** Leaves an article out of an import that was not started, or takes it in again. */
export const leaveOutImportRow = defineUseCase({
  name: "leaveOutImportRow",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    ...onImport,
    position: z.int().min(0),
    choice: z.enum(["leave_out", "take_in"]),
  }),
  async run({ projectId, importId, position, choice }): Promise<Result<null>> {
    const isOut = choice === "leave_out";
    const { rowCount } = await pool().query(
      `UPDATE import_row r SET state = $4::import_row_state, problem = $5
         FROM import i
        WHERE i.project_id = $1 AND i.id = $2 AND i.state = 'ready' AND r.project_id = $1
          AND r.import_id = $2 AND r.position = $3
          AND CASE WHEN $6 THEN r.state IN ('fresh', 'known') ELSE r.problem = $7 END`,
      [
        projectId,
        importId,
        position,
        isOut ? "refused" : "fresh",
        isOut ? LEFT_OUT : null,
        isOut,
        LEFT_OUT,
      ],
    );
    return rowCount === 0
      ? failure("conflict", "This row cannot be changed any more.")
      : success(null);
  },
});

function noImport<T>(): Result<T> {
  return failure("not_found", "This import does not exist in this project.");
}
