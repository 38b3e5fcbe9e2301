import { describe, expect, test } from "vitest";
import { COMMON_PASSWORDS } from "@/lib/domain/common-passwords";
import { passwordProblem } from "@/lib/domain/password";

const person = { email: "mara.lind@example.org", name: "Mara Lind" };
const problem = (password: string) => passwordProblem(password, person);

describe("a password", () => {
  test.each([
    ["eight small letters", "tgbnhyuj"],
    ["spaces at both ends", "  oak pier  "],
    ["128 characters", "ö".repeat(128)],
    ["eight emoji", "🐝🐞🦋🐌🐛🐜🪲🦗"],
    ["an accent written in two ways", "cafe\u0301 au lait"],
    ["one kind of character only", "827364519"],
    ["a common word within more words", "password of the lighthouse"],
  ])("may have %s", (_, password) => {
    expect(problem(password)).toBeUndefined();
  });

  test.each([
    ["seven characters", "tgbnhyu", "8 characters or more"],
    ["seven emoji, though they are fourteen code units", "🐝🐞🦋🐌🐛🐜🪲", "8 characters or more"],
    ["129 characters", "x".repeat(129), "128 characters or fewer"],
    ["half of a surrogate pair", "\ud83d lighthouse", "broken character"],
    ["a null character", "light\0house", "broken character"],
    ["a common password", "password123", "Many people"],
    ["a common password in capitals", "PassWord123", "Many people"],
    ["a word of this product", "Framemark", "Many people"],
    ["the e-mail", "Mara.Lind@example.org", "your name or e-mail"],
    ["the e-mail up to the at sign", "mara.lind", "your name or e-mail"],
    ["the name", "mara lind", "your name or e-mail"],
    ["the name in one word", "MaraLind", "your name or e-mail"],
  ])("may not be or have %s", (_, password, reason) => {
    expect(problem(password)).toContain(reason);
  });

  test("the list holds only what the other rules let through", () => {
    expect([...COMMON_PASSWORDS].filter((each) => each !== each.toLowerCase())).toEqual([]);
    expect([...COMMON_PASSWORDS].filter((each) => each.length < 8)).toEqual([]);
    expect(COMMON_PASSWORDS.size).toBeGreaterThan(300);
  });
});
