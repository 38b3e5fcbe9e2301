import "server-only";
import pino from "pino";

/** All that a line may hold. What is not named here, such as texts, names and addresses, is never logged. */
export type LogFields = {
  useCase?: string;
  job?: string;
  jobId?: string;
  projectId?: string;
  /** An account by its id, never by name or e-mail. */
  userId?: string;
  outcome?: string;
  milliseconds?: number;
  /** The pattern of a route, such as /projects/[projectId], never an address as asked for. */
  route?: string;
  method?: string;
  /** The number that the error page shows. */
  digest?: string;
  /** The class of an error, its code and where it arose, without its message, which may quote data. */
  error?: { name: string; code?: string; at: string[] };
};

type Level = "debug" | "info" | "warn" | "error";

/** One JSON object a line on the standard error stream; FRAMEMARK_LOG names the least level that is written. */
const lines = pino(
  {
    level: process.env.FRAMEMARK_LOG || "warn",
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  },
  pino.destination({ fd: 2, sync: true }),
);

/** Writes a line. */
export function log(level: Level, message: string, fields: LogFields = {}): void {
  lines[level](fields, message);
}

/** What may be said of an error in a line. */
export function describeError(error: unknown): NonNullable<LogFields["error"]> {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const code = (error as { code?: unknown }).code;
  const at = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(typeof code === "string" ? { code } : {}),
    at: at.slice(0, 8).map((line) => line.trim()),
  };
}
