import { expect, test } from "vitest";
import { ownPath, signInPath } from "@/lib/domain/own-path";

test.each([
  ["/projects/1?tab=members#top", "/projects/1?tab=members#top"],
  ["/", "/"],
  ["/a//b", "/a//b"],
])("%s is a path on this site", (raw, path) => {
  expect(ownPath(raw)).toBe(path);
});

test.each([
  undefined,
  "",
  "https://elsewhere.example/",
  "//elsewhere.example/",
  "/\\elsewhere.example/",
  "/\t/elsewhere.example/",
  "/..//elsewhere.example/",
  "/.//elsewhere.example/",
  "javascript:alert(1)",
  "projects",
])("%j leads to the start page instead", (raw) => {
  expect(ownPath(raw)).toBe("/");
});

test("the sign-in page leads back to this site only, and never to itself", () => {
  expect(signInPath("/projects/1?tab=members")).toBe(
    "/sign-in?callbackUrl=%2Fprojects%2F1%3Ftab%3Dmembers",
  );
  for (const wanted of [undefined, "/", "//elsewhere.example/", "/sign-in?callbackUrl=%2Fa"]) {
    expect(signInPath(wanted)).toBe("/sign-in");
  }
});
