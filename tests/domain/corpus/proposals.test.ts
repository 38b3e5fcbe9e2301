import { describe, expect, it } from "vitest";
import { proposeEntities } from "../../../lib/domain/corpus/entity-proposal";
import {
  Coverage,
  packTerms,
  type Report,
  reportTerms,
} from "../../../lib/domain/corpus/event-suggestion";
import { readFactsTable } from "../../../lib/domain/corpus/facts-table";
import { codePoint, indexText } from "../../../lib/domain/text/offsets";
import { segmentText } from "../../../lib/domain/text/segment";
import { findBlocks } from "../../../lib/domain/text/structure";

function named(text: string, language = "en") {
  const [index, blocks] = [indexText(text), findBlocks(text)];
  const found = proposeEntities({
    index,
    blocks,
    language,
    ...segmentText(text, blocks, language),
  });
  for (const { name, aliases, mentions } of found) {
    for (let at = 0; at < mentions.length; at += 2) {
      const words = index.slice(codePoint(mentions[at] ?? 0), codePoint(mentions[at + 1] ?? 0));
      expect([name, ...aliases]).toContain(words);
    }
  }
  return found;
}

describe("names proposed from an article", () => {
  const text = [
    "Truce holds 🕊️ in the valley",
    "Fighting stopped on Friday, Hulusi Akar told reporters in Ankara.",
    "Akar said the Defence Ministry of Vintermo had agreed. Ankara's envoy left. Akar's deputy stayed in Ankara.",
    "“Peace has come,” a spokesman of the UN said on Saturday. But the UN did not confirm it.",
    "READ MORE: Victors of the Karabakh war",
  ].join("\n\n");

  it("are those with capitals, forms of one name together, each at its place in code points", () => {
    const found = named(text);
    expect(found.map(({ name }) => name).sort()).toEqual(
      ["Ankara", "Defence Ministry of Vintermo", "Hulusi Akar", "UN"].sort(),
    );
    const akar = found.find(({ name }) => name === "Hulusi Akar");
    expect(akar?.aliases).toEqual(["Akar"]);
    expect(akar?.mentions).toHaveLength(6);
  });

  it("are no days, no openings of sentences, no headlines all in capitals, no links", () => {
    expect(
      named("The Army Marches Into The Old Town Today\n\nOn Monday they left. They went home."),
    ).toEqual([]);
  });

  it("are no German nouns with an article", () => {
    const german =
      "Waffenruhe hält\n\nDer Minister Hulusi Akar sprach in Ankara mit der Armee. Die Armee zog ab, sagte Akar. Das Abkommen gilt in Ankara.";
    expect(named(german, "de").map(({ name }) => name)).toEqual(expect.arrayContaining(["Ankara"]));
    expect(named(german, "de").map(({ name }) => name)).not.toContain("Armee");
  });

  it("are none where a script has no capitals", () => {
    expect(named("عنوان الخبر\n\nقال الوزير إن الجيش انسحب من المدينة.", "ar")).toEqual([]);
  });
});

const DAY = 19_000;
function report(id: string, outlet: string, day: number, title: string, opening = ""): Report {
  const words = packTerms(reportTerms(title, opening));
  return { id, outlet, day, words, eventId: null, proposalId: null, isNew: true };
}

function suggestEvents(reports: readonly Report[]) {
  const coverage = new Coverage();
  for (const each of reports) coverage.add(each);
  return coverage.suggest();
}

/** Reports on other things, so that words have a weight. */
const others = Array.from({ length: 60 }, (_, at) =>
  report(
    `z${at}`,
    `Outlet ${at % 5}`,
    DAY + (at % 9),
    `Item${at % 31} vote${at} budget${at % 29} harbour`,
    `talks${at % 37} on tariff${at}`,
  ),
);

describe("events proposed", () => {
  const truce = [
    report(
      "a",
      "Post",
      DAY,
      "Armenia and Azerbaijan sign truce in Karabakh",
      "Russia brokered the deal in Moscow",
    ),
    report(
      "b",
      "Herald",
      DAY + 1,
      "Karabakh truce: Azerbaijan hails victory over Armenia",
      "A deal signed in Moscow",
    ),
    report(
      "c",
      "Wire",
      DAY + 2,
      "Russia sends peacekeepers to Karabakh after truce",
      "Armenia and Azerbaijan signed in Moscow",
    ),
  ];
  const sets = (reports: Report[]) => suggestEvents(reports).map(({ ids }) => [...ids].sort());

  it("are of reports of several outlets that share rare words within days, whatever their order", () => {
    expect(sets([...truce, ...others])).toEqual([["a", "b", "c"]]);
    expect(sets([...others, ...[...truce].reverse()])).toEqual([["a", "b", "c"]]);
  });

  it("are none of one outlet, none of days far apart, none of what belongs to events already", () => {
    expect(sets([...truce.map((each) => ({ ...each, outlet: "Post" })), ...others])).toEqual([]);
    expect(sets([...truce.map((each, at) => ({ ...each, day: DAY + at * 9 })), ...others])).toEqual(
      [],
    );
    expect(sets([...truce.map((each) => ({ ...each, eventId: "e" })), ...others])).toEqual([]);
  });

  it("go on from what was found before: old reports do not look for groups, new ones join them", () => {
    const old = [...truce.slice(0, 2), ...others].map((each) => ({ ...each, isNew: false }));
    expect(suggestEvents(old)).toEqual([]);
    const known = old.map((each) => (each.id < "z" ? { ...each, proposalId: "p" } : each));
    const [proposal, ...more] = suggestEvents([...known, ...truce.slice(2)]);
    expect(proposal).toMatchObject({ proposalId: "p", ids: ["a", "b", "c"] });
    expect(more).toEqual([]);
  });

  it("name the event that some of the reports belong to", () => {
    const [first, ...rest] = truce;
    if (!first) throw new Error("There are three.");
    const [proposal] = suggestEvents([{ ...first, eventId: "e" }, ...rest, ...others]);
    expect(proposal).toMatchObject({ eventId: "e", ids: ["a", "b", "c"] });
  });
});

describe("a table of facts", () => {
  const read = (table: string) => {
    const result = readFactsTable(table);
    if (!result.ok) throw new Error(result.failure.message);
    return result.value;
  };

  it("finds documents by id before address before title, and keeps other columns as free fields", () => {
    const { rows, unknown } = read(
      "title;Source;published;Lean\nA title;The Post;2021-01-02T10:00;left\n;X;;\n",
    );
    expect(unknown).toEqual(["Lean"]);
    expect(rows[0]).toEqual({
      line: 2,
      by: "title",
      key: "A title",
      facts: { outlet: "The Post", publishedOn: "2021-01-02", facts: { Lean: "left" } },
      problem: null,
    });
    expect(rows[1]?.problem).toBe("This row names no document.");
    expect(read("url,id,title\nhttps://a.example,7,New title").rows[0]).toMatchObject({
      by: "id",
      key: "7",
      facts: { url: "https://a.example", title: "New title" },
    });
  });

  it("is refused without a column that names documents", () => {
    expect(readFactsTable("outlet,date\nPost,2021-01-02").ok).toBe(false);
  });
});
