import "server-only";
import { refresh } from "next/cache";
import type { FormState } from "@/lib/domain/form";
import type { Actor } from "@/lib/domain/policy";
import type { Failure, Result } from "@/lib/domain/result";
import { currentActor } from "./session";

/** What a form was filled with, by name of field. Without files and without what React adds. */
function fields(form: FormData): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === "string" && !name.startsWith("$")) filled[name] = value;
  }
  return filled;
}

/** Gives a form to a use case, for the person signed in; the use case checks every field. */
export async function submit<T>(
  useCase: { as(actor: Actor | null, input: unknown): Promise<Result<T>> },
  form: FormData,
): Promise<Result<T>> {
  return useCase.as(await currentActor(), fields(form));
}

/** The form was refused; the failure may name the field. */
export function refused(failure: Failure): FormState {
  return { state: "refused", failure };
}

/** The form did its work; a link is for copying or going on. */
export function done(message: string, link?: string): FormState {
  return link === undefined ? { state: "done", message } : { state: "done", message, link };
}

/** Has the page that asked rendered again where something changed. */
export function shown<T>(result: Result<T>): Result<T> {
  if (result.ok) refresh();
  return result;
}
