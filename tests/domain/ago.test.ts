import { expect, test } from "vitest";
import { ago } from "@/lib/domain/ago";

const now = new Date("2026-03-31T12:00:00Z");

test.each([
  ["2026-03-31T12:00:30Z", "just now"],
  ["2026-03-31T11:58:01Z", "just now"],
  ["2026-03-31T11:58:00Z", "2 minutes ago"],
  ["2026-03-31T11:00:01Z", "59 minutes ago"],
  ["2026-03-31T11:00:00Z", "an hour ago"],
  ["2026-03-31T10:00:00Z", "2 hours ago"],
  ["2026-03-30T12:00:00Z", "a day ago"],
  ["2026-03-29T12:00:00Z", "2 days ago"],
  ["2026-02-28T12:00:01Z", "30 days ago"],
  ["2026-02-28T12:00:00Z", "2026-02-28"],
])("%s is %s", (then, words) => {
  expect(ago(new Date(then), now)).toBe(words);
});
