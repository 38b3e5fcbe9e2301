import { expect, test } from "vitest";
import { ownPath } from "@/lib/domain/own-path";

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
