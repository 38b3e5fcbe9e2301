import { isDeepStrictEqual } from "node:util";
import pg from "pg";
import type { EditContext } from "@/lib/domain/annotation/edit";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import type { Change, StoredOperation } from "@/lib/domain/annotation/operation";
import { replay } from "@/lib/domain/annotation/replay";
import type { Span } from "@/lib/domain/annotation/state";
import { codePoint } from "@/lib/domain/text/offsets";
import { richIndex } from "@/tests/support/rich-codebook";
import type { Entry } from "./writers";

/** What the database holds of one annotation set. */
export type Holding = {
  setId: string;
  revision: number;
  log: readonly StoredOperation[];
  spans: readonly Span[];
  context: EditContext;
};

/**
 * INV-1 and INV-2: everything acknowledged is in the log once and, where it had an effect, in the
 * projection once; everything else at most once; and the log replayed is the projection. Answers a
 * sentence for each fault.
 */
export function findFaults(journal: readonly Entry[], holdings: readonly Holding[]): string[] {
  const logged = countMarks(holdings, ({ log }) =>
    log.flatMap(({ change }) => (change.kind === "add_span" ? [change.span] : [])),
  );
  const projected = countMarks(holdings, ({ spans }) => spans);
  return [
    ...journal.flatMap((entry) => faultsOf(entry, logged, projected)),
    ...strangers(journal, logged),
    ...holdings.flatMap(faultsIn),
  ];
}

type Marks = ReadonlyMap<string, number>;
const keyOf = (setId: string, mark: string) => `${setId} ${mark}`;

function faultsOf({ setId, mark, outcome }: Entry, logged: Marks, projected: Marks): string[] {
  const inLog = logged.get(keyOf(setId, mark)) ?? 0;
  const inProjection = projected.get(keyOf(setId, mark)) ?? 0;
  const faults: string[] = [];
  if (outcome !== null && inLog === 0) faults.push(`${mark} was acknowledged and is lost.`);
  if (inLog > 1) faults.push(`${mark} is in the log ${inLog} times.`);
  if (outcome === "applied" && inProjection !== 1) {
    faults.push(`${mark} was applied and is in the projection ${inProjection} times.`);
  }
  if (outcome !== "applied" && inProjection > 1) {
    faults.push(`${mark} is in the projection ${inProjection} times.`);
  }
  if (outcome === "superseded" && inProjection > 0) {
    faults.push(`${mark} had no effect and is in the projection.`);
  }
  return faults;
}

/** Operations that nobody sent. */
function strangers(journal: readonly Entry[], logged: Marks): string[] {
  const sent = new Set(journal.map(({ setId, mark }) => keyOf(setId, mark)));
  return [...logged.keys()].filter((key) => !sent.has(key)).map((key) => `Nobody sent ${key}.`);
}

function faultsIn({ setId, revision, log, spans, context }: Holding): string[] {
  const faults: string[] = [];
  if (log.some((each, at) => each.revision !== at + 1) || revision !== log.length) {
    faults.push(`The log of ${setId} has a gap.`);
  }
  const byId = (a: Span, b: Span) => (a.id < b.id ? -1 : 1);
  const replayed = [...replay(log, context).state.spans.values()].sort(byId);
  // By value: JSON columns keep keys in an order of their own.
  if (!isDeepStrictEqual(replayed, [...spans].sort(byId))) {
    faults.push(`The projection of ${setId} is not what its log gives.`);
  }
  return faults;
}

function countMarks(
  holdings: readonly Holding[],
  spansOf: (of: Holding) => readonly Span[],
): Marks {
  const counts = new Map<string, number>();
  for (const holding of holdings) {
    for (const { attributes } of spansOf(holding)) {
      const key = keyOf(holding.setId, String(attributes.note));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

type SetRow = {
  id: string;
  revision: number;
  text: string;
  sentences: number[];
  blocks: { role: "body"; start: number; end: number }[];
};

type OperationRow = {
  id: string;
  revision: number;
  body: Change;
  gesture_id: string;
  undoes: string | null;
  outcome: "applied" | "superseded";
};

type SpanRow = {
  id: string;
  layer_key: string;
  label_key: string;
  ranges: number[];
  quotes: string[];
  attributes: Span["attributes"];
  flags: Span["flags"];
  origin: Span["origin"];
};

/** Reads all sets of a database past the product, on a connection of its own. */
export async function readHoldings(databaseUrl: string): Promise<Holding[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const sets = await client.query<SetRow>(
      `SELECT s.id, s.revision, v.text, v.sentences,
              (SELECT json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                               ORDER BY b.position)
                 FROM block b WHERE b.document_version_id = v.id) AS blocks
         FROM annotation_set s JOIN document_version v ON v.id = s.document_version_id`,
    );
    const holdings: Holding[] = [];
    for (const { id, revision, ...document } of sets.rows) {
      const operations = await client.query<OperationRow>(
        "SELECT * FROM operation WHERE annotation_set_id = $1 ORDER BY revision",
        [id],
      );
      const spans = await client.query<SpanRow>(
        "SELECT * FROM span WHERE annotation_set_id = $1 AND NOT is_removed",
        [id],
      );
      holdings.push({
        setId: id,
        revision,
        log: operations.rows.map((row) => ({
          ...row,
          change: row.body,
          gestureId: row.gesture_id,
          madeAt: "",
        })),
        spans: spans.rows.map(toSpan),
        context: makeEditContext(document, richIndex),
      });
    }
    return holdings;
  } finally {
    await client.end();
  }
}

function toSpan(row: SpanRow): Span {
  return {
    id: row.id,
    layer: row.layer_key,
    label: row.label_key,
    ranges: row.quotes.map((quote, at) => ({
      start: codePoint(row.ranges[2 * at] ?? -1),
      end: codePoint(row.ranges[2 * at + 1] ?? -1),
      quote,
    })),
    attributes: row.attributes,
    flags: row.flags,
    origin: row.origin,
  };
}
