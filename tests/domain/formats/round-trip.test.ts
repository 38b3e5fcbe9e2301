import { describe, expect, test } from "vitest";
import { FORMATS } from "@/lib/domain/formats/catalogue";
import { type CorpusFormat, createFormatReport, createSurvey } from "@/lib/domain/formats/corpus";
import { afterLosses, collect, idsOf, toFiles, withoutIds } from "./expected-corpus";
import { generatedCorpus } from "./generated-corpus";

const seeds = Array.from({ length: 40 }, (_, seed) => seed);

function write(format: CorpusFormat, seed: number) {
  const documents = generatedCorpus(seed);
  const report = createFormatReport();
  const survey = createSurvey();
  for (const document of documents) survey.add(document);
  const writer = format.write?.({ report, survey: survey.survey() });
  if (!writer) throw new Error(`${format.name} is not written.`);
  const pieces = [...documents.flatMap((document) => [...writer.write(document)]), ...writer.end()];
  return { documents, pieces, losses: report.losses() };
}

/** These make another text of what they write; tests of their own hold them. */
const REMADE = new Set(["conll", "iobes", "semeval2023", "basil", "lewidi"]);
const exact = FORMATS.filter(({ name, read, write }) => read && write && !REMADE.has(name));

describe.each(exact)("$name", { timeout: 30_000 }, (format) => {
  test("reads what it wrote, less what it says it cannot hold", async () => {
    for (const seed of seeds) {
      const { documents, pieces } = write(format, seed);
      const { holds, read } = format;
      if (!holds || !read) throw new Error();
      const found = await collect(read(toFiles(pieces), {}));
      expect(found.problems).toEqual([]);
      const byId = new Map(found.documents.map((each) => [each.id, withoutIds(each)]));
      for (const document of documents) {
        const expected = afterLosses(document, holds);
        expect(byId.get(document.id), `seed ${seed}`).toEqual(withoutIds(expected));
        const read = found.documents.find(({ id }) => id === document.id);
        if (holds.ids && read) expect(idsOf(read)).toEqual(idsOf(expected));
      }
      expect(found.documents).toHaveLength(documents.length);
    }
  });

  test("writes the same bytes again", () => {
    expect(write(format, 7).pieces).toEqual(write(format, 7).pieces);
  });
});
