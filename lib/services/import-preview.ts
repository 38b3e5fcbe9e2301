import "server-only";
import { z } from "zod";
import { FACTS, type Fact, type FoundFacts } from "@/lib/domain/imports/found-article";
import { type ImportSettings, importSettings } from "@/lib/domain/imports/settings";
import { failure, type Result, success } from "@/lib/domain/result";
import { indexText } from "@/lib/domain/text/offsets";
import type { BlockRole } from "@/lib/domain/text/roles";
import { db, pool } from "@/lib/server/db";
import { type PreparedDocument, prepareDocument } from "./document-store";
import { previewDuplicates } from "./duplicates";
import { FACT_INPUTS, type ImportItem, QUIET, readItems, toNewDocument } from "./import-items";
import { defineUseCase } from "./use-case";

const onRow = { projectId: z.uuid(), importId: z.uuid(), position: z.int().min(0) };

/** A row farther down is not shown with its lines: all before it would have to be read. */
const MOST_SHOWN = 300;
const MOST_BLOCKS = 300;
/** Articles before a row are compared with it up to so many characters in all. */
const MOST_COMPARED = 3_000_000;

/** An article of an import as it would be stored. */
export type RowPreview = {
  blocks: { position: number; role: BlockRole; text: string }[];
  hiddenBlocks: number;
  facts: Record<Fact, string>;
  /** The article that it reprints and would be linked to; without an id where it is in the same import. */
  reprintOf: { documentId: string | null; title: string; likeness: number } | null;
};

/** The lines of an article of an import with their roles, its facts, and what it reprints. */
export const previewImportRow = defineUseCase({
  name: "previewImportRow",
  permission: "document.import",
  scope: "project",
  input: z.strictObject(onRow),
  async run({ projectId, importId, position }): Promise<Result<RowPreview>> {
    const row = await db().import.findUnique({
      where: { projectId_id: { projectId, id: importId } },
      select: {
        settings: true,
        state: true,
        rows: { where: { position: { lte: position } }, select: { position: true, facts: true } },
      },
    });
    if (row === null) return noImport();
    if (position >= MOST_SHOWN || row.state !== "ready") {
      return failure("closed", "The lines of this article are shown once it is stored.");
    }
    const said = new Map(row.rows.map((each) => [each.position, each.facts as FoundFacts]));
    const read = await readUpTo(
      { projectId, importId, position },
      importSettings.parse(row.settings),
      said,
    );
    if (!read.ok) return read;
    return success(await toPreview(projectId, read.value.prepared, read.value.earlier));
  },
});

/** The article of a row, and those before it that it may reprint. */
async function readUpTo(
  { position, ...place }: { projectId: string; importId: string; position: number },
  settings: ImportSettings,
  said: ReadonlyMap<number, FoundFacts>,
): Promise<Result<{ prepared: PreparedDocument; earlier: PreparedDocument[] }>> {
  const earlier: PreparedDocument[] = [];
  let compared = 0;
  let at = 0;
  for await (const item of readItems(place, settings, QUIET)) {
    const number = at++;
    if (number < position && compared >= MOST_COMPARED) continue;
    const read = prepareItem(item, settings, said.get(number));
    if (number === position) {
      return read.ok ? success({ prepared: read.value, earlier }) : read;
    }
    if (!read.ok) continue;
    earlier.push(read.value);
    compared += read.value.length;
  }
  return failure("not_found", "This import has no such row.");
}

function prepareItem(
  item: ImportItem,
  settings: ImportSettings,
  said: FoundFacts | undefined,
): Result<PreparedDocument> {
  if ("problem" in item) return failure("invalid", item.problem);
  return prepareDocument(toNewDocument(item, settings, said).document);
}

async function toPreview(
  projectId: string,
  prepared: PreparedDocument,
  earlier: readonly PreparedDocument[],
): Promise<RowPreview> {
  const index = indexText(prepared.text);
  // The same words in one outlet are known already, and no reprint.
  const others = earlier.filter(({ hash }) => hash !== prepared.hash);
  const match = (await previewDuplicates(projectId, [...others, prepared])).at(-1) ?? null;
  return {
    blocks: prepared.blocks.slice(0, MOST_BLOCKS).map(({ role, start, end }, position) => ({
      position,
      role,
      text: index.slice(start, end),
    })),
    hiddenBlocks: Math.max(0, prepared.blocks.length - MOST_BLOCKS),
    facts: factsOf(prepared.document, prepared.named),
    reprintOf: match && {
      documentId: match.documentId,
      title: match.title,
      likeness: match.likeness,
    },
  };
}

function factsOf(document: PreparedDocument["document"], named: string): Record<Fact, string> {
  const value = (fact: Fact) => (fact === "title" ? named : document[fact]) ?? "";
  return Object.fromEntries(FACTS.map((fact) => [fact, value(fact)])) as Record<Fact, string>;
}

const said = z.string().max(4_000);

/**
 * Says facts of one article of an import before it is stored; they stand before what its source says, an
 * empty one too. Facts that are not named stay as they are.
 */
export const describeImportRow = defineUseCase({
  name: "describeImportRow",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({ ...onRow, facts: z.partialRecord(z.enum(FACTS), said) }),
  async run({ projectId, importId, position, facts }): Promise<Result<null>> {
    const kept: FoundFacts = {};
    for (const fact of FACTS) {
      const given = facts[fact];
      if (given === undefined) continue;
      const parsed = FACT_INPUTS[fact].safeParse(given.trim());
      const isMissing = given.trim() === "" && (fact === "title" || fact === "language");
      if (isMissing) continue;
      if (!parsed.success) {
        const message = parsed.error.issues[0]?.message ?? "This cannot be kept.";
        return failure("invalid", message, { place: fact });
      }
      kept[fact] = parsed.data ?? "";
    }
    const { rowCount } = await pool().query(DESCRIBE, [
      projectId,
      importId,
      position,
      JSON.stringify(kept),
      kept.title ?? null,
      kept.outlet || null,
    ]);
    return rowCount === 0
      ? failure("conflict", "This row cannot be changed any more.")
      : success(null);
  },
});

/** A text that the project has is known, unless another outlet is said of it now. */
const DESCRIBE = `
UPDATE import_row r
   SET facts = r.facts || $4::jsonb, title = coalesce($5, r.title),
       state = CASE WHEN x.is_other THEN 'fresh'::import_row_state ELSE r.state END,
       document_id = CASE WHEN x.is_other THEN NULL ELSE r.document_id END
  FROM import i, import_row o
  LEFT JOIN document d ON d.project_id = o.project_id AND d.id = o.document_id
 CROSS JOIN LATERAL (SELECT o.state = 'known' AND coalesce(d.outlet <> $6, false) AS is_other) x
 WHERE i.project_id = $1 AND i.id = $2 AND i.state = 'ready'
   AND o.project_id = $1 AND o.import_id = $2 AND o.position = $3 AND o.state IN ('fresh', 'known')
   AND r.project_id = $1 AND r.import_id = $2 AND r.position = $3`;

function noImport<T>(): Result<T> {
  return failure("not_found", "This import does not exist in this project.");
}
