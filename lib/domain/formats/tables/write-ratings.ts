import { stringify } from "csv-stringify/sync";
import { indexText } from "../../text/offsets";
import type {
  CorpusDocument,
  CorpusSet,
  CorpusWriter,
  Holds,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { toFilePart } from "../file-part";
import { HOLDS_LABELS, noteLosses } from "../losses";
import { sentencesOf } from "../segments";

export const RATINGS_HOLDS: Holds = {
  ...HOLDS_LABELS,
  attributes: "none",
  facts: false,
  titles: false,
};

/** What stands where an annotator saw the unit and gave it no label. */
const NONE = "none";

/**
 * Writes a table for each layer as programs for agreement in R want it: a row for each unit, a column for
 * each annotator, NA where somebody did not have the document. Units of a layer of spans are sentences,
 * with the labels of the spans that touch them.
 */
export function writeRatings({ report, survey }: WriteContext): CorpusWriter {
  if (survey === undefined) throw new Error("The ratings need a survey.");
  const { annotators } = survey;
  const begun = new Set<string>();
  const toRows = (rows: string[][]) => stringify(rows, { record_delimiter: "\r\n" });
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, RATINGS_HOLDS, report);
      for (const [layer, units] of unitsByLayer(document)) {
        const head = ["document", "unit", "start", "end", ...annotators];
        const rows = [...units.values()].map(({ unit, start, end, ratings }) => [
          document.id,
          unit,
          String(start),
          String(end),
          ...annotators.map((name) => ratingOf(name, { document, ratings, unit })),
        ]);
        const path = `ratings-${toFilePart(layer)}.csv`;
        yield { path, content: toRows(begun.has(path) ? rows : [head, ...rows]) };
        begun.add(path);
      }
    },
    *end() {},
  };
}

type RatedUnit = {
  unit: string;
  start: number;
  end: number;
  ratings: Map<string, Set<string>>;
};

function ratingOf(
  name: string,
  at: { document: CorpusDocument; ratings: RatedUnit["ratings"]; unit: string },
): string {
  const labels = at.ratings.get(name);
  if (labels !== undefined) return [...labels].sort().join("+");
  const hasSet = at.document.sets.some((set) => set.name === name);
  return hasSet && at.unit === "sentence" ? NONE : "NA";
}

function unitsByLayer(document: CorpusDocument): Map<string, Map<string, RatedUnit>> {
  const layers = new Map<string, Map<string, RatedUnit>>();
  const rate = (
    set: CorpusSet,
    at: { layer: string; label: string } & Omit<RatedUnit, "ratings">,
  ) => {
    const units = layers.get(at.layer) ?? new Map<string, RatedUnit>();
    layers.set(at.layer, units);
    const key = `${at.unit} ${at.start} ${at.end}`;
    const { unit, start, end } = at;
    const own = units.get(key) ?? { unit, start, end, ratings: new Map<string, Set<string>>() };
    units.set(key, own);
    own.ratings.set(set.name, (own.ratings.get(set.name) ?? new Set<string>()).add(at.label));
  };
  for (const set of document.sets) {
    for (const each of set.unitLabels) {
      const label = each.value === null ? each.label : `${each.label}=${each.value}`;
      rate(set, { ...each, label });
    }
  }
  rateSentences(document, rate);
  return layers;
}

function rateSentences(
  document: CorpusDocument,
  rate: (set: CorpusSet, at: { layer: string; label: string } & Omit<RatedUnit, "ratings">) => void,
): void {
  if (document.sets.every(({ spans }) => spans.length === 0)) return;
  for (const { start, end } of sentencesOf(document, indexText(document.text))) {
    for (const set of document.sets) {
      for (const { layer, label, ranges } of set.spans) {
        const touches = ranges.some((range) => range.start < end && range.end > start);
        if (touches) rate(set, { layer, label, unit: "sentence", start, end });
      }
    }
  }
}
