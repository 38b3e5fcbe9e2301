import "server-only";
import { failure, type Result } from "@/lib/domain/result";
import { db, type Transaction } from "@/lib/server/db";

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
    const project = rows[0];
    if (project === undefined) return failure("not_found", "This project does not exist.");
    if (project.archived) return failure("closed", "This project is archived. Restore it first.");
    return run(tx);
  });
}
