import "server-only";

/**
 * SQLSTATE of a server that is starting, stopping, full, or gone, and of a statement that others kept
 * from ending: by a deadlock, another order of things, or a lock held too long. Nothing of it is stored.
 */
const DOWN_STATES = /^(08|53|57P|40001|40P01|55P03|57014)/;
const DOWN_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "ETIMEDOUT"]);
const DOWN_WORDS = /Connection terminated|timeout exceeded when trying to connect/;

/** Whether an error means that the database cannot answer now, so that trying again may help. */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (DOWN_CODES.has(code) || DOWN_STATES.test(code) || DOWN_WORDS.test(error.message)) return true;
  return error.cause !== undefined && isDatabaseDown(error.cause);
}
