import "server-only";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { readSettings } from "./round-store";

/**
 * Takes the next document of a pull round for somebody; null where there is none for them. A document
 * is never given to more annotators than it wants: the row is locked while it is counted up, and a
 * CHECK stands behind that. Leases run on the database's clock.
 */
export function claimNext(wish: Wish): Promise<string | null> {
  return inTurn(() => claimInTransaction(wish));
}

/** Of the connections of this process, so that those who save need not wait when a whole team begins at once. */
const AT_ONCE = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(act: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await act();
  } finally {
    const next = waiting.shift();
    // Whoever comes next takes this one's place.
    if (next === undefined) running--;
    else next();
  }
}

async function claimInTransaction(wish: Wish): Promise<string | null> {
  const client = await pool().connect();
  let isBroken = true;
  try {
    await client.query("BEGIN");
    const assignmentId = await claimLocked(client, wish);
    await client.query("COMMIT");
    isBroken = false;
    return assignmentId;
  } finally {
    // A connection whose transaction did not end is thrown away, which ends it.
    client.release(isBroken);
  }
}

type Wish = { projectId: string; roundId: string; userId: string };
type Queryable = Pick<ReturnType<typeof pool>, "query">;

async function claimLocked(
  client: Queryable,
  { projectId, roundId, userId }: Wish,
): Promise<string | null> {
  // One at a time for one person, who may have clicked twice or have two windows.
  const people = await client.query<{ annotatorId: string; settings: unknown }>(
    `SELECT n.id AS "annotatorId", r.settings - 'annotators' AS settings
       FROM annotator n JOIN round r ON r.project_id = n.project_id AND r.id = $2
      WHERE n.project_id = $1 AND n.user_id = $3
        AND r.settings -> 'annotators' @> jsonb_build_array(jsonb_build_object('userId', $3::uuid))
        FOR NO KEY UPDATE OF n`,
    [projectId, roundId, userId],
  );
  const person = people.rows[0];
  if (person === undefined) return null;
  const { annotatorId } = person;
  const settings = readSettings(person.settings);
  const { mostDocuments, mostWords, events } = settings.plan;
  const place = { projectId, roundId, annotatorId, isApart: events === "apart" };
  // Read after the lock is held: what the same person took a moment ago is counted.
  const has = await loadOf(client, place, mostWords === null ? "documents" : "words");
  if (has.open >= settings.mostOpen) return null;
  if (mostDocuments !== null && has.documents >= mostDocuments) return null;
  if (mostWords !== null && has.words >= mostWords) return null;
  await releaseExpired(client, place);
  // Documents that others are taking at this moment are passed over; when only such are left, waited for.
  const taken = (await countUp(client, place, "SKIP LOCKED")) ?? (await countUp(client, place, ""));
  if (taken === null) return null;
  return insertClaim(client, { ...place, ...taken, leaseMinutes: settings.leaseMinutes });
}

/** Gives documents back to the queue whose lease has ended without a submission; what was marked stays the person's draft. */
async function releaseExpired(
  client: Queryable,
  { projectId, roundId }: Pick<Place, "projectId" | "roundId">,
): Promise<void> {
  await client.query(
    `WITH late AS (
       SELECT id FROM assignment
        WHERE project_id = $1 AND round_id = $2
          AND lease_until < now() AND withdrawn_at IS NULL AND state IN ('assigned', 'in_progress')
          FOR UPDATE SKIP LOCKED
     ), released AS (
       UPDATE assignment a SET withdrawn_at = now(), lease_until = NULL FROM late
        WHERE a.project_id = $1 AND a.id = late.id RETURNING a.document_id
     ), counted AS (
       SELECT document_id, count(*)::int AS released FROM released GROUP BY document_id
     )
     UPDATE round_document q SET claimed = q.claimed - c.released FROM counted c
      WHERE q.project_id = $1 AND q.round_id = $2 AND q.document_id = c.document_id`,
    [projectId, roundId],
  );
}

/** SQL that gives back the place of an assignment `$2` of project `$1` in its queue, if it came from one. */
export const GIVE_BACK = `
UPDATE round_document q SET claimed = greatest(0, q.claimed - 1)
  FROM changed a
 WHERE q.project_id = $1 AND q.round_id = a.round_id AND q.document_id = a.document_id
   AND a.repetition = 0`;

/** SQL that takes the place again. Somebody else may have it: then the document has one more than planned. */
export const TAKE_AGAIN = `
UPDATE round_document q SET claimed = q.claimed + 1, wanted = greatest(q.wanted, q.claimed + 1)
  FROM changed a
 WHERE q.project_id = $1 AND q.round_id = a.round_id AND q.document_id = a.document_id
   AND a.repetition = 0`;

type Place = { projectId: string; roundId: string; annotatorId: string; isApart: boolean };

/** What somebody has of a round; words only where they are limited, since they are read from every text. */
async function loadOf(
  client: Queryable,
  { projectId, roundId, annotatorId }: Place,
  measure: "documents" | "words",
): Promise<{ open: number; documents: number; words: number }> {
  const { rows } = await client.query<{ open: number; documents: number; words: number }>(
    `SELECT count(*) FILTER (WHERE a.state IN ('assigned', 'in_progress'))::int AS open,
            count(*) FILTER (WHERE a.state <> 'skipped')::int AS documents,
            ${measure === "words" ? WORDS : "0"} AS words
       FROM assignment a
      WHERE a.project_id = $1 AND a.round_id = $2 AND a.annotator_id = $3
        AND a.withdrawn_at IS NULL`,
    [projectId, roundId, annotatorId],
  );
  return rows[0] ?? { open: 0, documents: 0, words: 0 };
}

const WORDS = `
  coalesce(sum((SELECT cardinality(v.tokens) / 2 FROM document_version v
                 WHERE v.project_id = a.project_id AND v.id = a.document_version_id))
    FILTER (WHERE a.state <> 'skipped'), 0)::int`;

/** Finds a document that still wants somebody and counts the claim, in one statement. */
async function countUp(
  client: Queryable,
  { projectId, roundId, annotatorId, isApart }: Place,
  locked: "SKIP LOCKED" | "",
): Promise<{ documentId: string } | null> {
  const { rows } = await client.query<{ document_id: string }>(
    `WITH next AS (
       SELECT q.document_id FROM round_document q
         JOIN document d ON d.project_id = q.project_id AND d.id = q.document_id
        WHERE q.project_id = $1::uuid AND q.round_id = $2::uuid AND q.claimed < q.wanted
          AND d.archived_at IS NULL
          AND NOT EXISTS (
            SELECT 1 FROM assignment o
             WHERE o.project_id = q.project_id AND o.round_id = q.round_id
               AND o.document_id = q.document_id AND o.annotator_id = $3::uuid
               AND (o.withdrawn_at IS NULL OR o.state IN ('submitted', 'skipped')))
          AND (NOT $4::boolean OR d.event_id IS NULL OR NOT EXISTS (
            SELECT 1 FROM assignment o
              JOIN document e ON e.project_id = o.project_id AND e.id = o.document_id
             WHERE o.project_id = q.project_id AND o.round_id = q.round_id
               AND o.annotator_id = $3::uuid AND o.withdrawn_at IS NULL
               AND e.event_id = d.event_id))
        ORDER BY q.batch, q.position LIMIT 1 FOR UPDATE OF q ${locked}
     )
     UPDATE round_document q SET claimed = claimed + 1 FROM next
      WHERE q.project_id = $1::uuid AND q.round_id = $2::uuid AND q.document_id = next.document_id
     RETURNING q.document_id`,
    [projectId, roundId, annotatorId, isApart],
  );
  const documentId = rows[0]?.document_id;
  return documentId === undefined ? null : { documentId };
}

async function insertClaim(
  client: Queryable,
  claim: Place & { documentId: string; leaseMinutes: number },
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `WITH claim AS (
       INSERT INTO assignment AS a (project_id, id, round_id, document_id, document_version_id,
                                    annotator_id, batch, position, lease_until)
       SELECT q.project_id, $5, q.round_id, q.document_id, v.id, $4, q.batch, q.position,
              now() + make_interval(mins => $7::int)
         FROM round_document q
         JOIN LATERAL (SELECT v.id FROM document_version v
                        WHERE v.project_id = q.project_id AND v.document_id = q.document_id
                        ORDER BY v.version DESC LIMIT 1) v ON true
        WHERE q.project_id = $1 AND q.round_id = $2 AND q.document_id = $3
       ON CONFLICT (project_id, round_id, document_id, annotator_id, repetition)
       -- Their own draft from before the lease ended.
       DO UPDATE SET withdrawn_at = NULL, lease_until = excluded.lease_until
       RETURNING id, document_version_id
     ), made AS (
       INSERT INTO annotation_set (project_id, id, kind, document_version_id, text_length,
                                   codebook_version_id, annotator_id, assignment_id, flags)
       SELECT $1, $6, 'annotator', v.id, v.length, r.codebook_version_id, $4, claim.id, '{}'
         FROM claim
         JOIN document_version v ON v.project_id = $1 AND v.id = claim.document_version_id
         JOIN round r ON r.project_id = $1 AND r.id = $2
       ON CONFLICT (project_id, assignment_id) DO NOTHING
     )
     SELECT id FROM claim`,
    [
      ...[claim.projectId, claim.roundId, claim.documentId, claim.annotatorId],
      ...[newId(), newId(), claim.leaseMinutes],
    ],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("The claim was counted but not stored.");
  return id;
}
