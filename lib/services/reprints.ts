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
  for (const row of await readCandidates(client, projectId, [...new Set(bands.flat())])) {
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

async function readCandidates(
  client: Queryable,
  projectId: string,
  bands: number[],
): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `SELECT d.id AS "documentId", d.title, s.bands, s.signature
       FROM document_signature s
       JOIN document d ON d.project_id = s.project_id AND d.id = s.document_id
      WHERE s.project_id = $1 AND s.bands && $2::int[]
        AND d.duplicate_of_id IS NULL AND NOT d.is_apart AND d.archived_at IS NULL
      ORDER BY d.seq`,
    [projectId, bands],
  );
  return rows;
}
