import "server-only";
import {
  bandsOf,
  likenessOf,
  REPRINT,
  type Signature,
  signatureBytes,
  signatureFrom,
} from "@/lib/domain/corpus/minhash";
import type { Queryable } from "./project-store";

/** The older document that one reprints: of the project (`documentId`) or earlier in the same list (`index`). */
export type Match = {
  documentId: string | null;
  index: number | null;
  title: string;
  likeness: number;
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
): Promise<(Match | null)[]> {
  const bands = documents.map(({ signature }) => bandsOf(signature));
  const byBand = new Map<number, Candidate[]>();
  const add = (candidate: Candidate, own: readonly number[]) => {
    for (const band of own) {
      const list = byBand.get(band);
      if (list === undefined) byBand.set(band, [candidate]);
      else list.push(candidate);
    }
  };
  for (const row of await readCandidates(client, projectId, [...new Set(bands.flat())])) {
    const signature = signatureFrom(row.signature);
    add({ ...row, index: null, signature }, bandsOf(signature));
  }
  return documents.map(({ signature, named }, index) => {
    const own = bands[index] ?? [];
    const best = likest(
      signature,
      own.flatMap((band) => byBand.get(band) ?? []),
    );
    if (best !== null) return best;
    add({ documentId: null, index, title: named, signature }, own);
    return null;
  });
}

function likest(signature: Signature, candidates: readonly Candidate[]): Match | null {
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

type Row = { documentId: string; title: string; signature: Uint8Array };

/** Documents that share a band with one of the list and are annotated themselves, the oldest first. */
async function readCandidates(
  client: Queryable,
  projectId: string,
  bands: readonly number[],
): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    // OFFSET 0 keeps each look-up by its key: without statistics of a young table the planner reads it all.
    `WITH found AS MATERIALIZED (
       SELECT DISTINCT b.document_id
         FROM unnest($2::int[]) AS asked(band)
        CROSS JOIN LATERAL (SELECT document_id FROM document_band
                             WHERE project_id = $1 AND band = asked.band OFFSET 0) b)
     SELECT d.id AS "documentId", d.title, s.signature
       FROM found
      CROSS JOIN LATERAL (SELECT id, seq, title FROM document
                           WHERE project_id = $1 AND id = found.document_id
                             AND duplicate_of_id IS NULL AND NOT is_apart AND archived_at IS NULL
                          OFFSET 0) d
      CROSS JOIN LATERAL (SELECT signature FROM document_signature
                           WHERE project_id = $1 AND document_id = d.id OFFSET 0) s
      ORDER BY d.seq`,
    [projectId, bands],
  );
  return rows;
}

/** Writes what documents are recognised by, in place of what was there; they are to be compared anew. */
export async function writeSignatures(
  client: Queryable,
  projectId: string,
  rows: readonly { documentId: string; signature: Signature; words?: Uint8Array }[],
): Promise<void> {
  const documentIds = rows.map(({ documentId }) => documentId);
  const { rows: old } = await client.query<{ document_id: string; signature: Uint8Array }>(
    `SELECT document_id, signature FROM document_signature
      WHERE project_id = $1 AND document_id = ANY($2::uuid[])`,
    [projectId, documentIds],
  );
  if (old.length > 0) await removeBands(client, projectId, old);
  await client.query(
    `INSERT INTO document_signature (project_id, document_id, signature, words)
     SELECT $1, r.document_id, r.signature, r.words
       FROM unnest($2::uuid[], $3::bytea[], $4::bytea[]) AS r(document_id, signature, words)
     ON CONFLICT (project_id, document_id)
     DO UPDATE SET signature = excluded.signature, words = excluded.words, is_compared = false`,
    [
      projectId,
      documentIds,
      rows.map(({ signature }) => Buffer.from(signatureBytes(signature))),
      rows.map(({ words }) => (words === undefined ? null : Buffer.from(words))),
    ],
  );
  const bands = rows.flatMap(({ documentId, signature }) =>
    bandsOf(signature).map((band) => ({ documentId, band })),
  );
  await client.query(
    `INSERT INTO document_band (project_id, band, document_id)
     SELECT $1, r.band, r.document_id
       FROM unnest($2::int[], $3::uuid[]) AS r(band, document_id) ORDER BY r.band
     ON CONFLICT DO NOTHING`,
    [projectId, bands.map(({ band }) => band), bands.map(({ documentId }) => documentId)],
  );
}

async function removeBands(
  client: Queryable,
  projectId: string,
  old: readonly { document_id: string; signature: Uint8Array }[],
): Promise<void> {
  const bands = old.flatMap(({ document_id, signature }) =>
    bandsOf(signatureFrom(signature)).map((band) => ({ document_id, band })),
  );
  await client.query(
    `DELETE FROM document_band b USING unnest($2::int[], $3::uuid[]) AS r(band, document_id)
      WHERE b.project_id = $1 AND b.band = r.band AND b.document_id = r.document_id`,
    [projectId, bands.map(({ band }) => band), bands.map(({ document_id }) => document_id)],
  );
}
