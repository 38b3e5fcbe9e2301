import type { Failure, Result } from "@/lib/domain/result";

/** The value of a success; fails the test at a refusal. */
export function valueFrom<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.failure.kind}, ${result.failure.message}`);
  return result.value;
}

/** The refusal; fails the test at a success. */
export function failureFrom(result: Result<unknown>): Failure {
  if (result.ok) throw new Error(`Not refused: ${JSON.stringify(result.value)}`);
  return result.failure;
}
