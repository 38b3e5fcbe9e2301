import { SORTS } from "@/lib/domain/corpus/cursor";
import type { Result } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { type DocumentPage, listDocuments, listFacets } from "@/lib/services/document-search";
import { closeDatabase, OPERATOR } from "@/lib/services/program";

/** Measures the list of documents of the project of the import bench; prints a row for each kind of page. */

const REPEATS = 15;
const DEEP = 40;

const project = await pool().query<{ id: string; documents: number }>(
  `SELECT p.id, (SELECT count(*)::int FROM document d WHERE d.project_id = p.id) AS documents
     FROM project p WHERE p.name = 'Bench'`,
);
const { id: projectId, documents } = project.rows[0] ?? { id: "", documents: 0 };
const rare = await pool().query<{ word: string }>(
  `SELECT split_part(title, ' ', 5) AS word FROM document WHERE project_id = $1 ORDER BY seq LIMIT 1`,
  [projectId],
);
const event = await pool().query<{ id: string }>(
  "SELECT id FROM event WHERE project_id = $1 ORDER BY id LIMIT 1",
  [projectId],
);
console.log(
  `${documents.toLocaleString("en")} documents; milliseconds, median and 95th percentile`,
);

type Filter = Parameters<typeof listDocuments.as>[1] & object;
const list = async (filter: Filter) =>
  must(await listDocuments.as(OPERATOR, { projectId, ...filter }));

for (const sort of SORTS) {
  await measure(`first page by ${sort}`, () => list({ sort }));
  const after = await deep({ sort });
  await measure(`page ${DEEP} by ${sort}`, () => list({ sort, after }));
}
const filters: [string, Filter][] = [
  ["of an outlet", { outlet: "Straits Wire" }],
  ["of a month", { from: "2026-03-01", to: "2026-03-31" }],
  ["of a month, by title", { from: "2026-03-01", to: "2026-03-31", sort: "title" }],
  ["without an event", { event: "none" }],
  ["of an event", { event: event.rows[0]?.id }],
  ["reprints", { grouping: "linked" }],
  ["with reprints", { grouping: "chosen" }],
  ["not handed out", { work: "unassigned" }],
  ["handed in", { work: "submitted" }],
  ["put away", { state: "archived" }],
  ["with a rare word", { search: rare.rows[0]?.word }],
  ["with a common word", { search: "officials" }],
  ["with two common words, of an outlet", { search: "officials loading", outlet: "Straits Wire" }],
  ["with a phrase", { search: `"officials said"` }],
  ["with the beginning of a word", { search: "ta" }],
  ["with a word that is nowhere", { search: "zzzzqqq" }],
  ["with a common word, by title", { search: "officials", sort: "title" }],
];
for (const [name, filter] of filters) await measure(name, () => list(filter));
await measure("what there is to filter by", async () =>
  must(await listFacets.as(OPERATOR, { projectId })),
);
await closeDatabase();

async function deep(filter: Filter): Promise<string | undefined> {
  let page: DocumentPage = await list(filter);
  for (let at = 2; at < DEEP && page.next !== null; at++) {
    page = await list({ ...filter, after: page.next });
  }
  return page.next ?? undefined;
}

async function measure(name: string, run: () => Promise<unknown>): Promise<void> {
  await run();
  const times: number[] = [];
  for (let at = 0; at < REPEATS; at++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.ceil(share * REPEATS) - 1] ?? 0).toFixed(1).padStart(8);
  console.log(`${name.padEnd(40)} ${at(0.5)} ${at(0.95)}`);
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.failure.message);
}
