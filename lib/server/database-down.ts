import "server-only";

/** SQLSTATE classes of a server that is starting, stopping, full, or gone. */
const DOWN_STATES = /^(08|53|57P)/;
const DOWN_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "ETIMEDOUT"]);
const DOWN_WORDS = /Connection terminated|timeout exceeded when trying to connect/;

/** Whether an error means that the database cannot be reached now, so that trying again may help. */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (DOWN_CODES.has(code) || DOWN_STATES.test(code) || DOWN_WORDS.test(error.message)) return true;
  return error.cause !== undefined && isDatabaseDown(error.cause);
}
