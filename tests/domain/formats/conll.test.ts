import { describe, expect, test } from "vitest";
import { findFormat } from "@/lib/domain/formats/catalogue";
import { createFormatReport, spanHull } from "@/lib/domain/formats/corpus";
import { tokensOf } from "@/lib/domain/formats/segments";
import { indexText } from "@/lib/domain/text/offsets";
import { collect, toFiles } from "./expected-corpus";
import { generatedCorpus } from "./generated-corpus";

const seeds = Array.from({ length: 40 }, (_, seed) => seed);

describe.each(["conll", "iobes"])("%s", { timeout: 30_000 }, (name) => {
  test("holds every span that has a token, by the tokens that it touches", async () => {
    const format = findFormat(name);
    if (!format?.read || !format.write) throw new Error();
    for (const seed of seeds) {
      const documents = generatedCorpus(seed);
      const writer = format.write({ report: createFormatReport() });
      const files = toFiles(documents.flatMap((document) => [...writer.write(document)]));
      const found = await collect(format.read(files, {}));
      expect(found.problems).toEqual([]);
      for (const document of documents) {
        const tokens = tokensOf(document, indexText(document.text));
        const read = found.documents.find(({ id }) => id === document.id);
        const own = read?.tokens ?? [];
        expect(own).toHaveLength(tokens.length * 2);
        for (const set of document.sets) {
          const expected = set.spans.flatMap((span) => {
            const { start, end } = spanHull(span);
            const at = tokens.flatMap((token, number) =>
              token.start < end && token.end > start ? [number] : [],
            );
            return at.length === 0 ? [] : [`${at[0]} ${at.at(-1)} ${span.label}`];
          });
          const got = read?.sets
            .find((each) => each.name === set.name)
            ?.spans.map((span) => {
              const { start, end } = spanHull(span);
              const [first, last] = [own.indexOf(start) / 2, (own.lastIndexOf(end) - 1) / 2];
              return `${first} ${last} ${span.label}`;
            });
          expect(got?.sort(), `seed ${seed}`).toEqual(expected.sort());
        }
      }
    }
  });
});

test("tags of IOB1 and BILUO are read as spans", async () => {
  const read = findFormat("conll")?.read;
  if (!read) throw new Error();
  const iob1 =
    "U.N. NNP I-NP I-ORG\nofficial NN I-NP O\nEkeus NNP I-NP I-PER\nRolf NNP I-NP B-PER\n";
  const biluo = "a O\nb B-X\nc I-X\nd L-X\ne U-Y\n";
  const files = toFiles([
    { path: "one.conll", content: iob1 },
    { path: "two.conll", content: biluo },
  ]);
  const { documents } = await collect(read(files, {}));
  const spans = documents.map(({ text, sets }) =>
    sets.flatMap((set) =>
      set.spans.map((span) => {
        const { start, end } = spanHull(span);
        return [text.slice(start, end), span.label];
      }),
    ),
  );
  expect(spans).toEqual([
    [
      ["U.N.", "ORG"],
      ["Ekeus", "PER"],
      ["Rolf", "PER"],
    ],
    [
      ["b c d", "X"],
      ["e", "Y"],
    ],
  ]);
});
