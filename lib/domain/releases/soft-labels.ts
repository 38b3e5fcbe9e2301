import type { UnitLabel } from "../annotation/state";
import type { Codebook, Layer } from "../codebook/language";
import type { Range } from "../text/offsets";
import { isAnnotatable } from "../text/roles";
import { toRow } from "./columns";
import { countedSets, type ReleaseSet } from "./content";
import { type RowContext, whereOf } from "./records";
import { characterVotes } from "./votes";

/** What stands where an annotator submitted the document and gave the unit no label. */
const NO_LABEL = "__none__";

/**
 * A row for each unit that somebody labelled, with what each annotator said and the share of each answer
 * (the fields of Learning With Disagreements, in lists so that all rows have one shape). Where a unit
 * takes several labels each label is a question of its own.
 */
export function softRows(context: RowContext, codebooks: ReadonlyMap<number, Codebook>): object[] {
  const sets = countedSets(context.document.sets);
  const newest = Math.max(...sets.map(({ codebookVersion }) => codebookVersion));
  const codebook = codebooks.get(newest);
  if (codebook === undefined) return [];
  return codebook.layers.flatMap((layer) => layerRows(context, layer, sets));
}

/** Stretches of text with the share of annotators who gave each label. */
export function voteRows(context: RowContext): object[] {
  const sets = countedSets(context.document.sets);
  return characterVotes(sets).map((run) =>
    toRow("character_votes.jsonl", {
      ...whereOf(context),
      ...run,
      annotators: sets.length,
      share: run.votes / sets.length,
    }),
  );
}

function layerRows(context: RowContext, layer: Layer, sets: readonly ReleaseSet[]): object[] {
  if (!["document", "block", "sentence"].includes(layer.level)) return [];
  const given = sets.map(({ unitLabels }) => unitLabels.filter((each) => each.layer === layer.key));
  const units = unitsOf(context, layer, given.flat());
  const asked =
    layer.per === "entity"
      ? [...new Set(given.flat().flatMap(({ entity }) => entity ?? []))].sort()
      : [null];
  const places = units.flatMap((unit) => asked.map((entity) => ({ unit, entity })));
  return places.flatMap(({ unit, entity }) => {
    const own = given.map((labels) =>
      labels.filter((each) => isAt(each, unit) && (each.entity ?? null) === entity),
    );
    const questions =
      layer.choice === "many" || layer.choice === "each"
        ? [...new Set(own.flat().map(({ label }) => label))].sort()
        : [null];
    return questions.map((question) =>
      softRow(context, layer, unit, {
        question,
        entity,
        annotators: sets.map(({ annotator }) => annotator),
        answers: own.map((labels) => answerTo(question, labels)),
      }),
    );
  });
}

function answerTo(question: string | null, labels: readonly UnitLabel[]): string {
  if (question === null) {
    const names = labels.map(({ label }) => label).sort();
    return names.length === 0 ? NO_LABEL : names.join("+");
  }
  const label = labels.find((each) => each.label === question);
  return label === undefined ? NO_LABEL : (label.value ?? question);
}

type Said = {
  question: string | null;
  entity: string | null;
  annotators: string[];
  answers: string[];
};

function softRow(context: RowContext, layer: Layer, unit: Range, said: Said): object {
  const counts = new Map<string, number>();
  for (const answer of said.answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const most = Math.max(...counts.values());
  const winners = sorted.filter(([, count]) => count === most);
  return toRow("soft_labels.jsonl", {
    ...whereOf(context),
    layer: layer.key,
    question: said.question,
    unit: layer.level,
    entity: said.entity,
    start: unit.start,
    end: unit.end,
    annotators: said.annotators,
    annotations: said.answers,
    number_of_annotations: said.answers.filter((answer) => answer !== NO_LABEL).length,
    hard_label: winners.length === 1 ? (winners[0]?.[0] ?? null) : null,
    soft_label: sorted.map(([label, count]) => ({ label, share: count / said.answers.length })),
    lang: context.document.language,
  });
}

/** Units that somebody labelled, in order of the text. */
function unitsOf(
  { document }: RowContext,
  { level }: Layer,
  labels: readonly UnitLabel[],
): Range[] {
  const places = new Map(labels.map(({ start, end }) => [`${start}-${end}`, { start, end }]));
  const within = document.blocks.filter(({ role }) => isAnnotatable(role));
  return [...places.values()]
    .filter(
      (unit) =>
        level === "document" ||
        within.some((block) => block.start <= unit.start && unit.end <= block.end),
    )
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function isAt(label: UnitLabel, unit: Range): boolean {
  return label.start === unit.start && label.end === unit.end;
}
