import { describe, expect, test } from "vitest";
import { attachmentHeader, fileName } from "@/lib/domain/formats/file-name";

describe("the name of a file", () => {
  test.each([
    [["Ceasefire in the Sarrow valley", "dataset"], "ceasefire-in-the-sarrow-valley-dataset"],
    [["Ağdam: 2020/21", "dataset", ""], "ağdam-2020-21-dataset"],
    [["تحرير المدينة", "dataset"], "تحرير-المدينة-dataset"],
    [["../../etc/passwd"], "etc-passwd"],
    [['"; rm -rf ~'], "rm-rf"],
    [["🕊️"], "dataset"],
    [[""], "dataset"],
  ])("from %j is %s", (names, expected) => {
    expect(fileName(...names)).toBe(expected);
  });

  test("is cut and does not end in a hyphen", () => {
    expect(fileName("a".repeat(79), "b")).toBe("a".repeat(79));
  });
});

describe("the header of a download", () => {
  test("is plain for a plain name", () => {
    expect(attachmentHeader("a-dataset.jsonl")).toBe('attachment; filename="a-dataset.jsonl"');
  });

  test("has the name itself beside one for old programs", () => {
    expect(attachmentHeader("ağdam.csv")).toBe(
      "attachment; filename=\"agdam.csv\"; filename*=UTF-8''a%C4%9Fdam.csv",
    );
    expect(attachmentHeader("تحرير.csv")).toMatch(
      /^attachment; filename="csv"; filename\*=UTF-8''(%[0-9A-F]{2})+\.csv$/,
    );
  });

  test("is ASCII without quotes or line breaks inside the name", () => {
    for (const name of ['a"b', "a\r\nb", "a;b", "a'b", "\ud800"]) {
      expect(attachmentHeader(name)).toMatch(
        /^attachment; filename="[A-Za-z0-9._-]+"(; filename\*=UTF-8''[\w.%~-]*)?$/,
      );
    }
  });
});
