import "server-only";
import { failure, type Result } from "@/lib/domain/result";
import { db, pool, type Transaction } from "@/lib/server/db";

/** A connection on which statements are written by hand. */
export type Queryable = Pick<ReturnType<typeof pool>, "query">;

const LIMITS = { maxWait: 10_000, timeout: 15_000 };

/** Runs several writes as one: all are stored or none. */
export function inTransaction<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
  return db().$transaction(run, LIMITS);
}

/**
 * Runs writes that depend on all members, texts or versions of a project: one after the other, since
 * each holds the project's row to its end. Refuses in an archived project.
 */
export function inLiveProject<T>(
  projectId: string,
  run: (tx: Transaction) => Promise<Result<T>>,
): Promise<Result<T>> {
  return inTransaction(async (tx) => {
    // Not FOR UPDATE: rows that refer to the project may be written meanwhile.
    const rows = await tx.$queryRaw<{ archived: boolean }[]>`
      SELECT archived_at IS NOT NULL AS archived FROM project
       WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`;
    return runHeld(rows[0], () => run(tx));
  });
}

/** As inLiveProject, on a connection for statements written by hand: for many rows at once. */
export async function holdingLiveProject<T>(
  projectId: string,
  run: (client: Queryable) => Promise<Result<T>>,
): Promise<Result<T>> {
  const client = await pool().connect();
  let isBroken = true;
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<{ archived: boolean }>(
      `SELECT archived_at IS NOT NULL AS archived FROM project WHERE id = $1 FOR NO KEY UPDATE`,
      [projectId],
    );
    const result = await runHeld(rows[0], () => run(client));
    await client.query(result.ok ? "COMMIT" : "ROLLBACK");
    isBroken = false;
    return result;
  } finally {
    // A connection whose transaction did not end is thrown away, which ends it.
    client.release(isBroken);
  }
}

function runHeld<T>(
  project: { archived: boolean } | undefined,
  run: () => Promise<Result<T>>,
): Result<T> | Promise<Result<T>> {
  if (project === undefined) return failure("not_found", "This project does not exist.");
  if (project.archived) return failure("closed", "This project is archived. Restore it first.");
  return run();
}
