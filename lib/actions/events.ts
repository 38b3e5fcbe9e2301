"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import type { FormState } from "@/lib/domain/form";
import { done, refused, shown, submit } from "@/lib/server/form";
import * as answers from "@/lib/services/event-answers";
import * as suggestions from "@/lib/services/event-suggestions";
import * as events from "@/lib/services/events";

export async function createEvent(input: Parameters<typeof events.createEvent>[0]) {
  return shown(await events.createEvent(input));
}

export async function setDocumentEvent(input: Parameters<typeof events.setDocumentEvent>[0]) {
  return shown(await events.setDocumentEvent(input));
}

export async function describeEvent(_: FormState, form: FormData): Promise<FormState> {
  const saved = shown(await submit(events.describeEvent, form));
  return saved.ok ? done("Saved.") : refused(saved.failure);
}

export async function mergeEvents(input: Parameters<typeof events.mergeEvents>[0]) {
  return events.mergeEvents(input);
}

export async function removeEvent(input: Parameters<typeof events.removeEvent>[0]) {
  return events.removeEvent(input);
}

export async function groupByField(_: FormState, form: FormData): Promise<FormState> {
  const made = shown(await submit(events.groupByField, form));
  if (!made.ok) return refused(made.failure);
  const { events: count, documents } = made.value;
  return done(
    count === 0
      ? "No two documents without an event have the same value there."
      : `Made ${count} events of ${documents} documents.`,
  );
}

export async function acceptEventSuggestion(
  input: Parameters<typeof suggestions.acceptEventSuggestion>[0],
) {
  return shown(await suggestions.acceptEventSuggestion(input));
}

export async function rejectEventSuggestion(
  input: Parameters<typeof suggestions.rejectEventSuggestion>[0],
) {
  return shown(await suggestions.rejectEventSuggestion(input));
}

export async function reopenEventSuggestion(
  input: Parameters<typeof suggestions.reopenEventSuggestion>[0],
) {
  return shown(await suggestions.reopenEventSuggestion(input));
}

export async function answerEvent(input: Parameters<typeof answers.answerEvent>[0]) {
  return answers.answerEvent(input);
}

export async function requestEventSuggestions(
  input: Parameters<typeof suggestions.requestEventSuggestions>[0],
) {
  return suggestions.requestEventSuggestions(input);
}
