import "server-only";
import type { Result } from "@/lib/domain/result";
import { describeError, log } from "./log";
import { countUseCase } from "./metrics";

/** Runs a use case and notes its duration and outcome; an error goes on to whoever called. */
export async function observe<T>(
  useCase: string,
  userId: string | undefined,
  run: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const startedAt = performance.now();
  const note = (level: "info" | "error", outcome: string, error?: unknown) => {
    const milliseconds = Math.round((performance.now() - startedAt) * 10) / 10;
    countUseCase(useCase, outcome, milliseconds / 1000);
    log(level, "use case", {
      useCase,
      userId,
      outcome,
      milliseconds,
      ...(error === undefined ? {} : { error: describeError(error) }),
    });
  };
  try {
    const result = await run();
    note("info", result.ok ? "done" : result.failure.kind);
    return result;
  } catch (error) {
    note("error", "error", error);
    throw error;
  }
}
