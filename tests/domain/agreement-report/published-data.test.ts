import { describe, expect, test } from "vitest";
import { reportAgreement } from "@/lib/domain/agreement/report";
import { USUAL_CHOICE } from "@/lib/domain/agreement-report/choice";
import { explainPrevalence } from "@/lib/domain/agreement-report/reading";
import { planResampling } from "@/lib/domain/agreement-report/resampled";
import { reportSpanLayer, spanInput } from "@/lib/domain/agreement-report/span-report";
import { reportUnitLayer } from "@/lib/domain/agreement-report/unit-report";
import { codePoint } from "@/lib/domain/text/offsets";
import { hasShared, makeDocument, makeLayer, makeSet, makeWork, readShared } from "./shared-data";

/** Nominal alpha by its definition: mean disagreement of pairs within items over that of all pairs (Krippendorff 2004). */
function alphaByDefinition(items: readonly (readonly string[])[]): number {
  const pairable = items.filter((ratings) => ratings.length > 1);
  const values = pairable.flat();
  let observed = 0;
  for (const ratings of pairable) {
    let differing = 0;
    for (const a of ratings) for (const b of ratings) if (a !== b) differing++;
    observed += differing / (ratings.length - 1);
  }
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const same = [...counts.values()].reduce((sum, count) => sum + count * count, 0);
  const expected = (values.length ** 2 - same) / (values.length - 1);
  return 1 - observed / expected;
}

test("alpha by definition is that of the textbook", () => {
  const items = [
    ["1", "1", "1"],
    ["2", "2", "3", "2"],
    ["3", "3", "3", "3"],
    ["3", "3", "3", "3"],
    ["2", "2", "2", "2"],
    ["1", "2", "3", "4"],
    ["4", "4", "4", "4"],
    ["1", "1", "2", "1"],
    ["2", "2", "2", "2"],
    ["5", "5", "5"],
    ["1", "1"],
    ["3"],
  ];
  expect(alphaByDefinition(items)).toBeCloseTo(0.743, 3);
});

if (hasShared("data/narrative_frames")) {
  describe("Frermann et al. 2023, 428 articles by 23 questions", () => {
    type Article = Record<string, [string, (string | -1)[]]>;
    const articles: [string, Article][] = Object.entries(
      JSON.parse(readShared("data/narrative_frames/full_annotations.json")),
    );
    const questions = Object.keys(articles[0]?.[1] ?? {}).filter((key) => !key.startsWith("_"));
    const documents = articles.map(([id]) => makeDocument(id, 10));
    const sets = articles.flatMap(([id, article]) =>
      [0, 1, 2, 3].flatMap((annotator) => {
        const answers = questions.flatMap((key): [string, string][] => {
          const answer = article[key]?.[1][annotator] ?? -1;
          return answer === -1 ? [] : [[key, String(answer)]];
        });
        return answers.length === 0 ? [] : [makeSet(id, `annotator ${annotator}`, { answers })];
      }),
    );
    const report = reportUnitLayer(
      makeLayer("document", questions, "each"),
      makeWork(documents, sets),
      USUAL_CHOICE,
    );

    test("has for each question the alpha of its definition to a millionth", () => {
      expect(report.labels).toHaveLength(23);
      for (const { key, alpha } of report.labels) {
        const items = articles.map(([, article]) =>
          (article[key]?.[1] ?? []).filter((answer) => answer !== -1).map(String),
        );
        expect(alpha.value, key).toBeCloseTo(alphaByDefinition(items), 6);
        // The one "no" of re1 decides everything, so there is no interval, and that is said.
        if (key === "re1") expect(alpha.interval).toMatchObject({ reason: "one_document_decides" });
        else expect(alpha.interval.low, key).toBeLessThan(alpha.value ?? -1);
      }
    });

    test("shows why alpha of re1 is 0 although nearly all answers are the same", () => {
      const re1 = report.labels.find(({ key }) => key === "re1");
      expect(re1?.answers.map(({ given }) => given)).toEqual([971, 1]);
      expect(re1?.alpha.value).toBeCloseTo(0, 2);
      expect(re1?.percent.value).toBeGreaterThan(0.997);
      expect(re1?.ac1.value).toBeGreaterThan(0.99);
      expect(re1?.paradox).toBe(true);
      expect(re1 && explainPrevalence(re1)).toMatch(/answered “yes” in 99.9 % \(971 yes, 1 no\)/);
    });
  });
}

if (hasShared("data/toxic_spans")) {
  describe("toxic spans, 59,215 annotations", () => {
    const rows = (file: string) =>
      readShared(`data/toxic_spans/${file}.csv`)
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.trim().split(","));
    const lengths = new Map(
      rows("comment_lengths").map(([id = "", length]) => [id, Number(length)]),
    );
    const spans = new Map<string, [string, number, number][]>();
    for (const [annotation = "", type = "", start, end] of rows("spans")) {
      const own: [string, number, number] = [type, Number(start), Number(end)];
      spans.set(annotation, [...(spans.get(annotation) ?? []), own]);
    }
    const annotations = rows("annotations").map(([annotation = "", comment = "", worker = ""]) => ({
      comment,
      worker,
      spans: spans.get(annotation) ?? [],
    }));
    const byComment = new Map<string, typeof annotations>();
    for (const each of annotations) {
      byComment.set(each.comment, [...(byComment.get(each.comment) ?? []), each]);
    }

    test("have the mean character F1 of pairs, by the rule of the data's authors", () => {
      // A pair that marked nothing agrees fully; one comment with 357 ratings is left out; spans end with their comment.
      const covered = (marks: readonly [string, number, number][], length: number) => {
        const characters = new Set<number>();
        for (const [, start, end] of marks) {
          for (let at = start; at < Math.min(end, length); at++) characters.add(at);
        }
        return characters;
      };
      let sum = 0;
      let pairs = 0;
      for (const [comment, raters] of byComment) {
        if (raters.length > 300) continue;
        const sets = raters.map((each) =>
          covered(each.spans, lengths.get(comment) ?? Number.POSITIVE_INFINITY),
        );
        sets.forEach((a, index) => {
          for (const b of sets.slice(index + 1)) {
            const shared = [...a].filter((at) => b.has(at)).length;
            sum += a.size + b.size === 0 ? 1 : (2 * shared) / (a.size + b.size);
            pairs++;
          }
        });
      }
      expect(pairs).toBe(95_166);
      expect(sum / pairs).toBeCloseTo(0.4299, 4);
    }, 60_000);

    test("are reported with intervals, and so is resampling", () => {
      // Workers are many and strangers to each other, so each comment numbers its own: alpha does not mind.
      const documents: ReturnType<typeof makeDocument>[] = [];
      const sets: ReturnType<typeof makeSet>[] = [];
      for (const [comment, raters] of byComment) {
        const length = lengths.get(comment);
        if (raters.length < 2 || raters.length > 10 || length === undefined) continue;
        documents.push(makeDocument(comment, length));
        raters.forEach((each, index) => {
          sets.push(makeSet(comment, `rater ${index}`, { spans: each.spans }));
        });
      }
      const labels = [...new Set([...spans.values()].flat().map(([type]) => type))];
      const layer = makeLayer(
        "span",
        labels.map((_, index) => `type_${index}`),
      );
      const keyOf = new Map(labels.map((type, index) => [type, `type_${index}`]));
      const work = makeWork(
        documents,
        sets.map((set) => ({
          ...set,
          spans: set.spans.map((span) => ({ ...span, label: keyOf.get(span.label) ?? "" })),
        })),
      );
      const begun = performance.now();
      const { overall } = reportAgreement(spanInput(layer, work, work.sets));
      const reported = performance.now();
      const [plan] = planResampling({ layers: [layer] }, work, USUAL_CHOICE);
      plan?.intervalSteps[0]?.();
      const resampled = performance.now();
      const figure = overall.alphaCharacters;
      const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
      const headline = plan?.finish().intervals.find(({ subject }) => subject === "headline");
      process.stderr.write(
        `toxic spans: alpha ${figure.value?.toFixed(4)}, jackknife ${JSON.stringify(figure.interval)}, ` +
          `bootstrap ${JSON.stringify(headline)}; all figures and intervals ${seconds(reported - begun)}, ` +
          `1,000 resamples ${seconds(resampled - reported)}\n`,
      );
      expect(figure.value).toBeGreaterThan(0.1);
      expect(headline?.method).toBe("BCa");
      expect(headline?.low).toBeLessThan(figure.value ?? 0);
      expect(headline?.high).toBeGreaterThan(figure.value ?? 1);
      expect(headline?.low).toBeCloseTo(figure.interval.low ?? 0, 2);
    }, 240_000);
  });
}

if (hasShared("seed/annotations.json")) {
  describe("the seed article with four fictional raters", () => {
    const seed: {
      blocks: { start: number; end: number; role: string; text: string }[];
      annotations: { annotator: string; start: number; end: number; label: string }[];
    } = JSON.parse(readShared("seed/annotations.json"));
    const open = seed.blocks.filter(({ role }) =>
      ["headline", "standfirst", "subheading", "body"].includes(role),
    );
    const tokens = open.flatMap(({ start, text }) =>
      [...text.matchAll(/[\p{L}\p{N}_]+(?:['’][\p{L}\p{N}_]+)*/gu)].flatMap(
        ({ 0: word, index }) => [start + index, start + index + word.length],
      ),
    );
    const length = Math.max(...seed.blocks.map(({ end }) => end));
    const document = {
      ...makeDocument("article", length, tokens),
      annotatable: open.map(({ start, end }) => ({ start: codePoint(start), end: codePoint(end) })),
    };
    const labels = [...new Set(seed.annotations.map(({ label }) => label))];
    const sets = ["A1", "A2", "A3", "A4"].map((annotator) =>
      makeSet("article", annotator, {
        spans: seed.annotations
          .filter((each) => each.annotator === annotator)
          .map(({ label, start, end }) => [label, start, end] as const),
      }),
    );
    const alphaOf = (unit: "characters" | "tokens") =>
      reportSpanLayer(makeLayer("span", labels), makeWork([document], sets), {
        ...USUAL_CHOICE,
        unit,
        compare: "any",
      }).headline.figure.value;

    test("have an alpha of .4141 on characters and .4411 on tokens, marked or not", () => {
      expect(document.annotatable.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(2434);
      expect(tokens).toHaveLength(2 * 380);
      expect(alphaOf("characters")).toBeCloseTo(0.4141, 4);
      expect(alphaOf("tokens")).toBeCloseTo(0.4411, 4);
    });
  });
}
