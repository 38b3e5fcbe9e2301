import { v4 } from "uuid";
import { expect, test } from "vitest";
import { type Change, operationSchema } from "@/lib/domain/annotation/operation";
import { isSendable } from "@/lib/domain/annotation/sendable";
import { EMPTY_STATE } from "@/lib/domain/annotation/state";
import { codePoint } from "@/lib/domain/text/offsets";
import { chance } from "@/tests/support/random";
import { RandomChanges } from "@/tests/support/random-changes";
import { richContext, richUnits } from "@/tests/support/rich-codebook";

/** What the server says of the form of a change. */
function isRead(change: Change): boolean {
  const madeAt = new Date().toISOString();
  const operation = { id: v4(), gestureId: v4(), undoes: null, madeAt, change };
  return operationSchema.safeParse(operation).success;
}

const id = v4();
const range = { start: codePoint(0), end: codePoint(1), quote: "a" };
const times = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each);
const answer = (value: Extract<Change, { kind: "set_attribute" }>["value"]): Change => ({
  kind: "set_attribute",
  targetId: id,
  attribute: "why",
  value,
});
const comment = (body: string): Change => ({
  kind: "add_comment",
  comment: { id, spanId: null, body },
});
const unit = (value: string | null, evidence: string[]): Change => ({
  kind: "set_unit_label",
  layer: "frames",
  label: "economy",
  unit: "document",
  start: codePoint(0),
  end: codePoint(1),
  value,
  evidence,
});

test.each<[string, boolean, Change]>([
  ["an answer as long as may be", true, answer("x".repeat(4000))],
  ["an answer that is too long", false, answer("x".repeat(4001))],
  ["an answer with half a character", false, answer("\ud83d")],
  ["an answer with NUL", false, answer("a\0")],
  ["no answer", true, answer(null)],
  ["a number", true, answer(3.5)],
  ["no number", false, answer(Number.NaN)],
  ["fifty choices", true, answer(times(50, "x".repeat(200)))],
  ["fifty-one choices", false, answer(times(51, "x"))],
  ["a choice that is too long", false, answer(["x".repeat(201)])],
  ["a choice with half a character", false, answer(["\udc00"])],
  ["a comment as long as may be", true, comment("x".repeat(4000))],
  ["a comment that is too long", false, comment("x".repeat(4001))],
  ["an empty comment", false, comment("")],
  ["forty pieces", true, { kind: "move_span", spanId: id, ranges: times(40, range) }],
  ["forty-one pieces", false, { kind: "move_span", spanId: id, ranges: times(41, range) }],
  ["a value as long as may be", true, unit("x".repeat(200), times(200, id))],
  ["a value that is too long", false, unit("x".repeat(201), [])],
  ["too much evidence", false, unit(null, times(201, id))],
])("%s: the page and the server agree (%s)", (_, isGood, change) => {
  expect(isRead(change)).toBe(isGood);
  expect(isSendable(change)).toBe(isGood);
});

test("whatever people do by the page, the server reads what the page lets through", () => {
  const random = new RandomChanges(chance(11), richContext, richUnits);
  for (let at = 0; at < 2000; at++) {
    const change = random.change(EMPTY_STATE);
    expect(isSendable(change), JSON.stringify(change)).toBe(isRead(change));
  }
});
