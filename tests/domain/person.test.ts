import { expect, test } from "vitest";
import { emailAddress, personName } from "@/lib/domain/person";

test.each([
  ["  Mara Lind ", "Mara Lind"],
  ["Ólöf Þórðardóttir", "Ólöf Þórðardóttir"],
  ["علي‌رضا", "علي‌رضا"],
])("%j is a name", (raw, name) => {
  expect(personName.parse(raw)).toBe(name);
});

test.each(["", "   ", "x".repeat(101), "Mara\nLind", "Mara \u202edniL", "Mara\0", "Mara \ud83d"])(
  "%j is not a name",
  (raw) => {
    expect(personName.safeParse(raw).success).toBe(false);
  },
);

test("an e-mail is stored in small letters and without look-alike signs", () => {
  expect(emailAddress.parse(" Ｍara@Example.org ")).toBe("mara@example.org");
  expect(emailAddress.safeParse("mara at example.org").success).toBe(false);
});
