import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FORMATS } from "@/lib/domain/formats/catalogue";
import { createFormatReport } from "@/lib/domain/formats/corpus";
import { writeFramemark } from "@/lib/domain/formats/framemark/write";
import { generatedCorpus } from "./generated-corpus";

const root = path.resolve(import.meta.dirname, "../../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "framemark-convert-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function convert(args: string[], input?: string) {
  const program = path.join(root, "bin", "framemark");
  return spawnSync(process.execPath, [program, "convert", ...args], {
    cwd: folder,
    encoding: "utf8",
    input,
  });
}

function corpus(): string {
  const writer = writeFramemark({ report: createFormatReport() });
  const documents = [1, 2, 3, 4].flatMap((seed) => generatedCorpus(seed));
  return documents
    .flatMap((document) => [...writer.write(document)])
    .map(({ content }) => content)
    .join("");
}

describe("framemark convert", { timeout: 120_000 }, () => {
  test("goes there and back by files, folders and streams, and loses nothing that both hold", () => {
    writeFileSync(path.join(folder, "corpus.jsonl"), corpus());
    const there = convert(["--from", "jsonl", "--to", "xmi", "--strict", "corpus.jsonl", "xmi"]);
    expect(there.stderr).toContain("Nothing was lost.");
    expect(there.status).toBe(0);
    const back = convert(["--from", "xmi", "--to", "jsonl", "xmi", "-"]);
    expect(back.status).toBe(0);
    const lines = (text: string) => text.trim().split("\n").slice(1).sort();
    const records = lines(back.stdout).filter((line) => !line.includes('"record":"document"'));
    expect(records).toEqual(
      lines(corpus()).filter((line) => !line.includes('"record":"document"')),
    );
  });

  test("tells what is lost, ends with 3 when strict, and writes over nothing", () => {
    const first = convert(
      ["--from", "jsonl", "--to", "ptc", "--strict", "--json", "-", "ptc"],
      corpus(),
    );
    expect(first.status).toBe(3);
    expect(JSON.parse(first.stderr).losses.map(({ what }: { what: string }) => what)).toContain(
      "relations",
    );
    const second = convert(["--from", "jsonl", "--to", "ptc", "-", "ptc"], corpus());
    expect(second.status).toBe(2);
    expect(second.stderr).toContain("ptc is there already");
  });

  test("names what is wrong by file and line, ends with 1, and converts the rest", () => {
    const content = '{"text":"🕊 City","label":[[3,7,"X"],[3,70,"Y"]]}\nbroken\n';
    writeFileSync(path.join(folder, "a.jsonl"), content);
    const run = convert(["--from", "doccano", "--to", "label-studio", "a.jsonl", "tasks.json"]);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/^a\.jsonl:1: “Y” is left out/m);
    expect(run.stderr).toMatch(/^a\.jsonl:2: This line is not a JSON object\.$/m);
    const [task] = JSON.parse(readFileSync(path.join(folder, "tasks.json"), "utf8"));
    expect(task.annotations[0].result[0].value).toMatchObject({ start: 2, end: 6, text: "City" });
  });

  test("leaves nothing behind where it cannot convert", () => {
    const run = convert(["--from", "brat", "--to", "conll", "nowhere", "out"]);
    expect(run.status).toBe(2);
    expect(existsSync(path.join(folder, "out"))).toBe(false);
  });
});

test("the guide names every format", () => {
  const guide = readFileSync(path.join(root, "docs", "guide", "formats.md"), "utf8");
  for (const { name } of FORMATS) expect(guide).toContain(`\`${name}\``);
});
