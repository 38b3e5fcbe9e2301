import { describe, expect, test } from "vitest";
import { applyChange } from "@/lib/domain/annotation/apply";
import type { EditContext } from "@/lib/domain/annotation/edit";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import { migrateState, revertState } from "@/lib/domain/annotation/migrate";
import { type Change, operationSchema } from "@/lib/domain/annotation/operation";
import { type AnnotationState, EMPTY_STATE, stateToData } from "@/lib/domain/annotation/state";
import type { Codebook } from "@/lib/domain/codebook/language";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { mergeLabels, moveLabel, splitLabel } from "@/lib/domain/codebook/restructure";
import type { MigrationRule } from "@/lib/domain/codebook/rules";
import { chance } from "@/tests/support/random";
import { RandomChanges } from "@/tests/support/random-changes";
import { richArticle, richCodebook, richContext, richUnits } from "@/tests/support/rich-codebook";

type Case = { name: string; codebook: Codebook; rules: MigrationRule[] };

const merged = mergeLabels(richCodebook, {
  layer: "wording",
  labels: ["euphemism"],
  into: "loaded",
});
const divided = splitLabel(richCodebook, {
  layer: "wording",
  label: "loaded",
  into: [
    { key: "own_words", name: "Own words" },
    { key: "others_words", name: "Others' words" },
  ],
  by: { attribute: "voice", labels: { narrator: "own_words", quoted: "others_words" } },
});
const moved = moveLabel(richCodebook, { layer: "entity", label: "place", toLayer: "wording" });
const mergedFrames = mergeLabels(richCodebook, {
  layer: "frames",
  labels: ["security", "health"],
  into: "economy",
});
const mergedLinks = mergeLabels(richCodebook, {
  layer: "blame",
  labels: ["praises"],
  into: "blames",
});
const mergedPlaces = mergeLabels(richCodebook, {
  layer: "entity",
  labels: ["place"],
  into: "person",
});

/** The voice is only told apart as own or not, and strength becomes a choice. */
const answers: Case = {
  name: "answers become others and types change",
  codebook: {
    ...richCodebook,
    layers: richCodebook.layers.map((layer) =>
      layer.key === "wording"
        ? {
            ...layer,
            attributes: layer.attributes.map((each) =>
              each.key === "strength"
                ? {
                    key: "strength",
                    name: "Strength",
                    type: "ordinal" as const,
                    required: false,
                    archived: false,
                    options: [
                      { key: "weak", name: "Weak" },
                      { key: "strong", name: "Strong" },
                    ],
                  }
                : each,
            ),
          }
        : layer,
    ),
  },
  rules: [
    { kind: "map_answers", layer: "wording", attribute: "voice", answers: { quoted: null } },
    {
      kind: "map_answers",
      layer: "wording",
      attribute: "strength",
      answers: { "1": "weak", "2": "weak", "8": "strong", "9": "strong" },
    },
  ],
};

const cases: Case[] = [
  { name: "labels of spans are merged", ...merged },
  { name: "a label is divided by an answer", ...divided },
  { name: "a label moves to another layer", ...moved },
  { name: "labels of documents are merged", ...mergedFrames },
  { name: "labels of relations are merged", ...mergedLinks },
  { name: "labels are merged that may not overlap", ...mergedPlaces },
  answers,
];

const contextOf = (codebook: Codebook): EditContext =>
  makeEditContext(richArticle, indexCodebook(codebook));

/** States in which labels that are merged often stand on the same words, units or ends. */
function states(seed: number): AnnotationState[] {
  const random = new RandomChanges(chance(seed), richContext, richUnits);
  return Array.from({ length: 25 }, () => {
    const base = random.state(120);
    return [...twinsOf(base, random), ...frames()].reduce((state, change) => {
      const verdict = applyChange(state, change, richContext);
      return verdict.outcome === "applied" ? verdict.state : state;
    }, base);
  });
}

/** The same spans under another label, and relations from and to them. */
function twinsOf(state: AnnotationState, random: RandomChanges): Change[] {
  const twins = new Map(
    [...state.spans.values()].map((span) => [span.id, { ...span, id: random.id() }]),
  );
  const spans = [...twins.values()].flatMap(({ label, ...twin }): Change[] => {
    const other = { loaded: "euphemism", euphemism: "loaded" }[label];
    const span = { ...twin, ranges: [...twin.ranges], flags: [...twin.flags], attributes: {} };
    return other === undefined ? [] : [{ kind: "add_span", span: { ...span, label: other } }];
  });
  const relations = [...state.relations.values()].flatMap((relation): Change[] =>
    ["blames", "praises"].map((label) => ({
      kind: "add_relation",
      relation: {
        ...relation,
        id: random.id(),
        label,
        from: twins.get(relation.from)?.id ?? relation.from,
        attributes: {},
      },
    })),
  );
  return [...spans, ...relations];
}

function frames(): Change[] {
  const whole = richUnits.document[0];
  if (whole === undefined) throw new Error("A document is a unit.");
  return ["economy", "security", "health"].map((label) => ({
    kind: "set_unit_label",
    layer: "frames",
    label,
    unit: "document",
    ...whole,
    value: null,
    evidence: [],
  }));
}

function follow(state: AnnotationState, changes: Change[], context: EditContext): AnnotationState {
  return changes.reduce((current, change) => {
    const verdict = applyChange(current, change, context);
    if (verdict.outcome !== "applied") throw new Error(`${change.kind} was ${verdict.outcome}.`);
    return verdict.state;
  }, state);
}

function labelsOf(state: AnnotationState): string[] {
  return [...state.spans.values(), ...state.relations.values(), ...state.unitLabels.values()].map(
    ({ layer, label }) => `${layer}/${label}`,
  );
}

describe.each(cases)("where $name", ({ codebook, rules }) => {
  const context = contextOf(codebook);

  test("the edits lead from the old state to the new one, each of them allowed", () => {
    let count = 0;
    for (const state of states(11)) {
      const result = migrateState(state, rules, context);
      count += result.changes.length;
      expect(stateToData(follow(state, result.changes, context))).toEqual(
        stateToData(result.state),
      );
    }
    expect(count).toBeGreaterThan(0);
  });

  test("taking it back under the old codebook gives what was there", () => {
    for (const state of states(12)) {
      const result = migrateState(state, rules, context);
      const back = revertState(result.state, result, richContext);
      expect(back.kept).toBe(0);
      expect(stateToData(back.state)).toEqual(stateToData(state));
      expect(stateToData(follow(result.state, back.changes, richContext))).toEqual(
        stateToData(state),
      );
    }
  });

  test("a second time changes nothing", () => {
    for (const state of states(13)) {
      const once = migrateState(state, rules, context);
      const twice = migrateState(once.state, rules, context);
      expect(twice.changes).toEqual([]);
    }
  });

  test("its edits can be stored", () => {
    for (const state of states(14).slice(0, 5)) {
      for (const change of migrateState(state, rules, context).changes) {
        const operation = new RandomChanges(chance(1), context, richUnits).operation(change);
        expect(operationSchema.safeParse(operation).success).toBe(true);
      }
    }
  });

  test("what people changed since stays when it is taken back", () => {
    let seen = 0;
    for (const [at, state] of states(15).entries()) {
      const result = migrateState(state, rules, context);
      const random = new RandomChanges(chance(1_000 + at), context, richUnits);
      const later = random.state(25, result.state);
      const back = revertState(later, result, context);
      if (back.kept > 0) seen++;
      expect(stateToData(follow(later, back.changes, context))).toEqual(stateToData(back.state));
      for (const [id, span] of later.spans) {
        if (!state.spans.has(id)) expect(back.state.spans.get(id)).toEqual(span);
      }
    }
    expect(seen).toBeGreaterThan(0);
  });
});

describe("a migration", () => {
  test("without rules changes nothing", () => {
    for (const state of states(21)) {
      expect(migrateState(state, [], richContext).changes).toEqual([]);
    }
    expect(migrateState(EMPTY_STATE, merged.rules, richContext).changes).toEqual([]);
  });

  test("leaves no merged label where no rule of overlap forbids it", () => {
    for (const state of states(22)) {
      const { state: after, remaining } = migrateState(
        state,
        merged.rules,
        contextOf(merged.codebook),
      );
      expect(remaining).toEqual([]);
      expect(labelsOf(after)).not.toContain("wording/euphemism");
    }
  });

  test("leaves spans to people that would overlap under one label", () => {
    let left = 0;
    for (const state of states(23)) {
      const { state: after, remaining } = migrateState(
        state,
        mergedPlaces.rules,
        contextOf(mergedPlaces.codebook),
      );
      left += remaining.length;
      for (const id of remaining) expect(after.spans.get(id)).toEqual(state.spans.get(id));
    }
    expect(left).toBeGreaterThan(0);
  });

  test("keeps relations, comments and evidence of a span that joins another on the same words", () => {
    let joined = 0;
    for (const state of states(24)) {
      const { state: after } = migrateState(state, merged.rules, contextOf(merged.codebook));
      if (after.spans.size < state.spans.size) joined++;
      expect(after.comments.size).toBe(state.comments.size);
      for (const id of pointedAt(after)) expect(after.spans.has(id)).toBe(true);
      expect(sayings(after)).toEqual(sayings(state));
    }
    expect(joined).toBeGreaterThan(5);
  });
});

function pointedAt(state: AnnotationState): string[] {
  return [
    ...[...state.comments.values()].flatMap(({ spanId }) => spanId ?? []),
    ...[...state.relations.values()].flatMap(({ from, to }) => [from, to]),
    ...[...state.unitLabels.values()].flatMap(({ evidence }) => evidence),
  ];
}

/** What relations say of which words. */
function sayings(state: AnnotationState): Set<string> {
  const place = (id: string) => JSON.stringify(state.spans.get(id)?.ranges);
  return new Set(
    [...state.relations.values()].map(
      ({ layer, label, from, to }) => `${layer}/${label}: ${place(from)} > ${place(to)}`,
    ),
  );
}
