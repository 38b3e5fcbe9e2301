import "server-only";
import {
  bandsOf,
  likenessOf,
  REPRINT,
  type Signature,
  signatureFrom,
} from "@/lib/domain/corpus/minhash";
import type { Queryable } from "./project-store";

/**
 * The older document that one reprints: of the project (`documentId`) or earlier in the same list
 * (`index`). All null where it reprints none. `bands` are its own.
 */
export type Match = {
  documentId: string | null;
  index: number | null;
  title: string | null;
  likeness: number | null;
  bands: number[];
};

type Candidate = { documentId: string | null; index: number | null; title: string } & {
  signature: Signature;
};

/**
 * For each document of a list, in order, the likest older one that is annotated itself. Linked
 * reprints, archived documents and those that a person set apart are no candidates.
 */
export async function findReprints(
  client: Queryable,
  projectId: string,
  documents: readonly { signature: Signature; named: string }[],
): Promise<Match[]> {
  const bands = documents.map(({ signature }) => bandsOf(signature, projectId));
  const byBand = new Map<number, Candidate[]>();
  const add = (candidate: Candidate, own: readonly number[]) => {
    for (const band of own) {
      const list = byBand.get(band);
      if (list === undefined) byBand.set(band, [candidate]);
      else list.push(candidate);
    }
  };
  for (const row of await readCandidates(client, projectId, bands)) {
    const { bands: own, signature, ...rest } = row;
    add({ ...rest, index: null, signature: signatureFrom(signature) }, own);
  }
  return documents.map(({ signature, named }, index) => {
    const own = bands[index] ?? [];
    const best = likest(
      signature,
      own.flatMap((band) => byBand.get(band) ?? []),
    );
    if (best !== null) return { ...best, bands: own };
    add({ documentId: null, index, title: named, signature }, own);
    return { documentId: null, index: null, title: null, likeness: null, bands: own };
  });
}

function likest(signature: Signature, candidates: readonly Candidate[]) {
  let best: Candidate | null = null;
  let most = 0;
  for (const candidate of new Set(candidates)) {
    const likeness = likenessOf(signature, candidate.signature);
    if (likeness >= REPRINT && likeness > most) [best, most] = [candidate, likeness];
  }
  if (best === null) return null;
  const { documentId, index, title } = best;
  return { documentId, index, title, likeness: most };
}

type Row = { documentId: string; title: string; bands: number[]; signature: Uint8Array };

/**
 * Each list of bands is looked up by itself, since the index takes the time of the square of what is asked
 * at once. The planner guesses wrong on overlaps of lists, so no other way than the index is left to it:
 * the project is compared afterwards (it is in the bands too), and no table is read whole.
 */
async function readCandidates(
  client: Queryable,
  projectId: string,
  lists: readonly (readonly number[])[],
): Promise<Row[]> {
  await client.query("SET LOCAL enable_seqscan = off");
  const { rows } = await client.query<Row>(CANDIDATES, [
    projectId,
    lists.map((bands) => `{${bands.join(",")}}`),
  ]);
  await client.query("SET LOCAL enable_seqscan = on");
  return rows;
}

const CANDIDATES = `
WITH found AS (
  SELECT DISTINCT s.document_id
    FROM unnest($2::text[]) AS asked(bands)
   CROSS JOIN LATERAL (SELECT s.project_id, s.document_id FROM document_signature s
                        WHERE s.bands && asked.bands::int[] OFFSET 0) s
   WHERE s.project_id = $1
)
SELECT d.id AS "documentId", d.title, s.bands, s.signature
  FROM found
  JOIN document_signature s ON s.project_id = $1 AND s.document_id = found.document_id
  JOIN document d ON d.project_id = $1 AND d.id = found.document_id
 WHERE d.duplicate_of_id IS NULL AND NOT d.is_apart AND d.archived_at IS NULL
 ORDER BY d.seq`;
