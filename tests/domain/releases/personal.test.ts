import { expect, test } from "vitest";
import { createPersonalScan } from "@/lib/domain/releases/personal";

const scan = createPersonalScan([
  { name: "Ayşe Öztürk", email: "ayse@example.org" },
  { name: "Bo Li", email: "bo.li@example.org" },
]);

test.each([
  ["nothing to see here", []],
  ["Ask Ayşe Öztürk about this", ["member_name"]],
  ["ask OZTURK about this", ["member_name"]],
  ["as ayse said", ["member_name"]],
  ["Bo Li saw it too", ["member_name"]],
  // Two letters alone are a word of many languages.
  ["the bo tree", []],
  ["write to AYSE@example.org", ["member_email", "member_name"]],
  ["write to someone.else@news.example", ["email"]],
  ["a price of 5 @ 3", []],
])("finds in “%s”: %j", (text, found) => {
  expect(scan(text)).toEqual(found);
});
