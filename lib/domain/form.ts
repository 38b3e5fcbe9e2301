import type { Failure } from "./result";

/** What a form shows after it was sent: nothing yet, what is wrong, or that it is done. */
export type FormState =
  | { state: "untouched" }
  | { state: "refused"; failure: Failure }
  | { state: "done"; message: string; link?: string };

export const UNTOUCHED: FormState = { state: "untouched" };

/** The problem of one field, where the refusal names it. */
export function fieldProblem(form: FormState, field: string): string | undefined {
  return form.state === "refused" && form.failure.place === field
    ? form.failure.message
    : undefined;
}
