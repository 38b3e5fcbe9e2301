import "server-only";
import type { CorpusSet } from "@/lib/domain/formats/corpus";
import { proposeColumns } from "@/lib/domain/imports/fact-names";
import type { FoundFacts } from "@/lib/domain/imports/found-article";
import { keyOf } from "@/lib/domain/imports/label-key";
import type { ForeignLabel } from "@/lib/domain/imports/label-matching";
import type { ImportSettings } from "@/lib/domain/imports/settings";
import { codePointLength } from "@/lib/domain/text/offsets";
import { pool } from "@/lib/server/db";
import { sha256 } from "@/lib/server/tokens";
import { isSameCopy, prepareText, type ReadText, readText } from "./document-store";
import { type ImportCodebook, importCodebook, placeSets } from "./import-annotations";
import { type ImportItem, readItems, toNewDocument } from "./import-items";
import {
  type ImportFound,
  type ImportPlace,
  keepImport,
  type RowState,
  type Running,
  releaseImport,
  takeImport,
} from "./import-store";

const BATCH = 200;
const MOST_COLUMNS = 300;
const MOST_LABELS = 5_000;
const MOST_NOTES = 20;

/**
 * Finds out what an import would do: a row for each article with its title, whether the project has its
 * text already, and what is wrong; stores no document. What an earlier reading found is replaced.
 */
export async function readImportFiles(
  place: ImportPlace,
  { progress, signal }: Running,
): Promise<{ rows: number } | null> {
  const taken = await takeImport(place, { from: ["open", "ready"], into: "reading" });
  if (taken === null) return null;
  const { projectId, importId } = place;
  const said = await takeRows(place);
  const survey = new Survey(taken.settings, await importCodebook(projectId, taken.settings));
  let position = 0;
  let batch: ReadRow[] = [];
  const flush = async () => {
    signal.throwIfAborted();
    await writeRows(place, batch, survey);
    position += batch.length;
    batch = [];
    await keepImport(place, "reading", position);
    await progress(position);
  };
  try {
    for await (const item of readItems(place, taken.settings, survey)) {
      batch.push(readRow(item, position + batch.length, { survey, said }));
      if (batch.length >= BATCH) await flush();
    }
    await flush();
  } finally {
    await releaseImport(place);
  }
  await pool().query(
    `UPDATE import SET state = 'ready', found = $3, total = $4, done = 0
      WHERE project_id = $1 AND id = $2 AND state = 'reading'`,
    [projectId, importId, JSON.stringify(survey.found()), position],
  );
  return { rows: position };
}

type Said = ReadonlyMap<string, FoundFacts>;

/** Takes the rows of an earlier reading away; answers what a person said of articles, which holds on. */
async function takeRows({ projectId, importId }: ImportPlace): Promise<Said> {
  const { rows } = await pool().query<{ file_id: string; place: string; facts: FoundFacts }>(
    `DELETE FROM import_row WHERE project_id = $1 AND import_id = $2
     RETURNING file_id, place, facts`,
    [projectId, importId],
  );
  return new Map(
    rows
      .filter(({ facts }) => Object.keys(facts).length > 0)
      .map(({ file_id, place, facts }) => [placeKey(file_id, place), facts]),
  );
}

function placeKey(fileId: string, place: string): string {
  return `${fileId} ${place}`;
}

type ReadRow = {
  position: number;
  fileId: string;
  state: RowState;
  place: string;
  line: number | null;
  title: string;
  sha256: string | null;
  length: number | null;
  outlet: string | null;
  facts: FoundFacts;
  notes: string[];
  problem: string | null;
  documentId: string | null;
};

function readRow(
  item: ImportItem,
  position: number,
  { survey, said }: { survey: Survey; said: Said },
): ReadRow {
  const facts = said.get(placeKey(item.fileId, item.place)) ?? {};
  const at = { position, facts, fileId: item.fileId, place: item.place, line: item.line };
  const refused = (problem: string): ReadRow => ({
    ...at,
    state: "refused",
    title: "",
    sha256: null,
    length: null,
    outlet: null,
    notes: [],
    problem,
    documentId: null,
  });
  if ("problem" in item) return refused(item.problem);
  const { document, notes } = toNewDocument(item, survey.settings, facts);
  const read = readText(document.source, document);
  if (!read.ok) return refused(read.failure.message);
  survey.addText(read.value);
  const left = survey.addSets(item.sets, read.value, document.language);
  return {
    ...at,
    state: "fresh",
    title: document.title ?? read.value.title,
    sha256: sha256(read.value.text),
    length: codePointLength(read.value.text),
    outlet: document.outlet,
    notes: cut([...notes, ...left]),
    problem: null,
    documentId: null,
  };
}

function cut(notes: string[]): string[] {
  if (notes.length <= MOST_NOTES) return notes;
  return [...notes.slice(0, MOST_NOTES), `… and ${notes.length - MOST_NOTES} more.`];
}

async function writeRows(
  { projectId, importId }: ImportPlace,
  rows: ReadRow[],
  survey: Survey,
): Promise<void> {
  if (rows.length === 0) return;
  const known = await findKnown(projectId, rows);
  for (const row of rows) {
    if (row.sha256 === null) continue;
    const twin = known.get(row.sha256)?.find((each) => isSameCopy(each.outlet, row.outlet));
    const first = survey.firstWith(row);
    if (twin !== undefined) Object.assign(row, { state: "known", documentId: twin.id });
    else if (first !== null) {
      row.state = "known";
      row.notes = [`The same text comes earlier in this import, at ${first}.`, ...row.notes];
    }
  }
  for (const row of rows) survey.count(row);
  await pool().query(
    `INSERT INTO import_row (project_id, import_id, position, file_id, state, place, line, title,
                             sha256, length, facts, notes, problem, document_id)
     SELECT $1, $2, r.position, r."fileId", r.state::import_row_state, r.place, r.line, r.title,
            r.sha256, r.length, r.facts, r.notes, r.problem, r."documentId"
       FROM jsonb_to_recordset($3::jsonb) AS r(position int, "fileId" uuid, state text, place text,
            line int, title text, sha256 text, length int, facts jsonb, notes text[], problem text,
            "documentId" uuid)`,
    [projectId, importId, JSON.stringify(rows)],
  );
}

async function findKnown(projectId: string, rows: readonly ReadRow[]) {
  const found = await pool().query<{ sha256: string; id: string; outlet: string | null }>(
    `SELECT v.sha256, d.id, d.outlet FROM document_version v
       JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
      WHERE v.project_id = $1 AND v.sha256 = ANY($2::text[])`,
    [projectId, rows.flatMap((row) => row.sha256 ?? [])],
  );
  const byHash = new Map<string, typeof found.rows>();
  for (const row of found.rows) byHash.set(row.sha256, [...(byHash.get(row.sha256) ?? []), row]);
  return byHash;
}

/** Gathers what the files hold, for the choices of a person. */
class Survey {
  private readonly samples = new Map<string, string>();
  private readonly formats = new Set<string>();
  private readonly roles = new Map<string, number>();
  private readonly labels = new Map<string, ForeignLabel & { count: number }>();
  private readonly authors = new Map<string, number>();
  private readonly firsts = new Map<string, { place: string; outlet: string | null }[]>();
  private readonly counts = { fresh: 0, known: 0, refused: 0, noted: 0, length: 0 };
  private placed = 0;
  private unplaced = 0;

  constructor(
    readonly settings: ImportSettings,
    private readonly codebook: ImportCodebook | null,
  ) {}

  readonly table = (cells: ReadonlyMap<string, string>): void => {
    for (const [name, cell] of cells) {
      if (this.samples.get(name) || (this.samples.size >= MOST_COLUMNS && !this.samples.has(name)))
        continue;
      this.samples.set(
        name,
        cell.replace(/\s+/g, " ").trim().slice(0, 120).toWellFormed().replaceAll("\0", ""),
      );
    }
  };

  readonly format = (name: string): void => {
    this.formats.add(name);
  };

  addText({ blocks }: ReadText): void {
    for (const { role } of blocks) this.roles.set(role, (this.roles.get(role) ?? 0) + 1);
  }

  /** Notes the labels of sets and answers what of them could not be placed. */
  addSets(sets: readonly CorpusSet[], text: ReadText, language: string): string[] {
    if (sets.length === 0) return [];
    for (const set of sets) {
      this.authors.set(set.name, (this.authors.get(set.name) ?? 0) + 1);
      for (const span of set.spans) this.addLabel({ ...span, kind: "span", level: "span" });
      for (const each of set.relations)
        this.addLabel({ ...each, kind: "relation", level: "relation" });
      for (const each of set.unitLabels) this.addLabel({ ...each, kind: "unit", level: each.unit });
    }
    if (this.codebook === null)
      return ["Annotations are left out: the project has no codebook yet."];
    const { placed, problems } = placeSets(sets, prepareText(text, language), this.codebook);
    this.placed += placed;
    this.unplaced += problems.length;
    return problems;
  }

  /** Where the same text came before in this import; null the first time. */
  firstWith({ sha256: hash, outlet, place }: ReadRow): string | null {
    if (hash === null) return null;
    const earlier = this.firsts.get(hash) ?? [];
    const same = earlier.find((each) => isSameCopy(each.outlet, outlet));
    if (same !== undefined) return same.place;
    this.firsts.set(hash, [...earlier, { place, outlet }]);
    return null;
  }

  count({ state, notes, length }: ReadRow): void {
    if (state === "stored") return;
    this.counts[state]++;
    this.counts.length += length ?? 0;
    if (notes.length > 0) this.counts.noted++;
  }

  found(): ImportFound {
    const proposed = proposeColumns([...this.samples.keys()]);
    return {
      ...this.counts,
      roles: Object.fromEntries(this.roles),
      formats: [...this.formats],
      columns: [...this.samples].map(([name, sample]) => ({
        name,
        sample,
        use: this.settings.columns?.[name] ?? proposed[name] ?? "free",
      })),
      labels: [...this.labels.values()].map((label) => ({
        kind: label.kind,
        level: label.level,
        layer: label.layer,
        label: label.label,
        count: label.count,
        to: this.codebook?.map(label) ?? null,
      })),
      authors: [...this.authors].map(([name, documents]) => ({ name, documents })),
      placed: this.placed,
      unplaced: this.unplaced,
    };
  }

  private addLabel({ kind, level, layer, label }: ForeignLabel): void {
    const key = keyOf({ kind, layer, label });
    const known = this.labels.get(key);
    if (known !== undefined) known.count++;
    else if (this.labels.size < MOST_LABELS)
      this.labels.set(key, { kind, level, layer, label, count: 1 });
  }
}
