import { describe, expect, test, vi } from "vitest";
import { applyChange } from "@/lib/domain/annotation/apply";
import { changesBetween } from "@/lib/domain/annotation/between";
import {
  type Change,
  operationSchema,
  type StoredOperation,
} from "@/lib/domain/annotation/operation";
import { recordGesture, replay } from "@/lib/domain/annotation/replay";
import {
  type AnnotationState,
  EMPTY_STATE,
  stateFromData,
  stateToData,
} from "@/lib/domain/annotation/state";
import { chance } from "@/tests/support/random";
import { RandomChanges } from "@/tests/support/random-changes";
import { richContext, richUnits } from "@/tests/support/rich-codebook";

// A law takes under a second on a quiet machine, much longer on a busy one.
vi.setConfig({ testTimeout: 60_000 });

const CASES = 120;

/** One independent world for each number. */
const worlds = Array.from({ length: CASES }, (_, seed) => {
  const dice = chance(seed + 1);
  return { seed, dice, random: new RandomChanges(dice, richContext, richUnits) };
});

/** All changes in turn; fails where one does not apply. */
function applyAll(state: AnnotationState, changes: readonly Change[]): AnnotationState {
  return changes.reduce((current, change) => {
    const verdict = applyChange(current, change, richContext);
    if (verdict.outcome !== "applied") {
      throw new Error(`${change.kind} was not applied: ${JSON.stringify({ change, verdict })}`);
    }
    return verdict.state;
  }, state);
}

/** As the workspace does it: what is refused stops all, what is superseded is left out. */
function attempt(state: AnnotationState, changes: readonly Change[]): AnnotationState | null {
  let current = state;
  for (const change of changes) {
    const verdict = applyChange(current, change, richContext);
    if (verdict.outcome === "refused") return null;
    if (verdict.outcome === "applied") current = verdict.state;
  }
  return current;
}

const idOf = (change: Change): string[] => {
  switch (change.kind) {
    case "add_span":
      return [change.span.id];
    case "add_relation":
      return [change.relation.id, change.relation.from, change.relation.to];
    case "label_relation":
    case "remove_relation":
      return [change.relationId];
    case "set_attribute":
      return [change.targetId];
    case "add_comment":
      return [change.comment.id, change.comment.spanId ?? "document"];
    case "remove_comment":
      return [change.commentId];
    case "set_unit_label":
    case "remove_unit_label":
      return [`${change.layer}@${change.start}`, ...("evidence" in change ? change.evidence : [])];
    case "flag_document":
    case "submit":
    case "change_codebook":
      return ["document"];
    default:
      return [change.spanId];
  }
};

function evidenceOf(state: AnnotationState): string[] {
  return [...state.unitLabels.values()].flatMap(({ evidence }) => evidence);
}

/** Everything that differs between two states, by id. */
function touched(before: AnnotationState, after: AnnotationState): Set<string> {
  return new Set([
    ...changesBetween(before, after).flatMap(idOf),
    ...changesBetween(after, before).flatMap(idOf),
  ]);
}

/** Edits of other things only: those that meet anything in `spared` are left out. */
function editOtherThings(random: RandomChanges, from: AnnotationState, spared: Set<string>) {
  let later = from;
  const others: Change[] = [];
  for (let at = 0; at < 12; at++) {
    const change = random.change(later);
    const verdict = applyChange(later, change, richContext);
    if (verdict.outcome !== "applied") continue;
    const its = touched(later, verdict.state);
    if (its.size === 0 || [...its].some((id) => spared.has(id))) continue;
    later = verdict.state;
    others.push(change);
  }
  return { later, others };
}

describe("a change", () => {
  test("never alters the state it is applied to, whatever the verdict", () => {
    const verdicts = new Map<string, number>();
    for (const { random } of worlds) {
      const state = random.state(30);
      const before = structuredClone(state);
      for (let at = 0; at < 20; at++) {
        const change = random.change(state);
        const asked = structuredClone(change);
        const { outcome } = applyChange(state, change, richContext);
        verdicts.set(outcome, (verdicts.get(outcome) ?? 0) + 1);
        expect(change).toEqual(asked);
      }
      expect(state).toEqual(before);
    }
    // The generator reaches all three, or the law above says little.
    expect([...verdicts.keys()].sort()).toEqual(["applied", "refused", "superseded"]);
    expect(Math.min(...verdicts.values())).toBeGreaterThan(CASES);
  });

  test("that is refused says why in a sentence", () => {
    for (const { random } of worlds) {
      const state = random.state(20);
      for (let at = 0; at < 20; at++) {
        const verdict = applyChange(state, random.change(state), richContext);
        if (verdict.outcome === "refused") expect(verdict.message).toMatch(/^.{10,}\.$/s);
      }
    }
    expect.hasAssertions();
  });

  test("leaves no relation, comment or evidence at a span that is gone", () => {
    for (const { random } of worlds) {
      const state = random.state(80);
      const ids = new Set(state.spans.keys());
      const pointers = [
        ...[...state.relations.values()].flatMap(({ from, to }) => [from, to]),
        ...[...state.comments.values()].flatMap(({ spanId }) => spanId ?? []),
        ...evidenceOf(state),
      ];
      expect(pointers.filter((id) => !ids.has(id))).toEqual([]);
    }
  });

  test("leaves no two spans or relations that say the same, and no label under a rival", () => {
    for (const { random } of worlds) {
      const state = random.state(80);
      const spans = [...state.spans.values()].map(({ layer, label, ranges }) =>
        JSON.stringify([layer, label, ranges]),
      );
      const relations = [...state.relations.values()].map(({ layer, label, from, to }) =>
        [layer, label, from, to].join(),
      );
      expect(new Set(spans).size).toBe(spans.length);
      expect(new Set(relations).size).toBe(relations.length);
      const slants = [...state.unitLabels.values()].filter(({ layer }) => layer === "slant");
      const frames = [...state.unitLabels.values()].filter(({ layer }) => layer === "frames");
      expect(slants.length).toBeLessThanOrEqual(1);
      if (frames.some(({ label }) => label === "no_frame")) expect(frames).toHaveLength(1);
    }
  });
});

describe("the changes between two states", () => {
  test("lead from the one to the other, each of them applied", () => {
    for (const { random, dice } of worlds) {
      const before = random.state(30);
      const after = random.state(1 + dice.below(40), before);
      expect(stateToData(applyAll(before, changesBetween(before, after)))).toEqual(
        stateToData(after),
      );
    }
  });

  test("lead there between states that have nothing to do with each other", () => {
    for (const { random } of worlds) {
      const [before, after] = [random.state(40), random.state(40)];
      expect(stateToData(applyAll(before, changesBetween(before, after)))).toEqual(
        stateToData(after),
      );
    }
  });

  test("are none where nothing differs, also after a way through JSON", () => {
    for (const { random } of worlds) {
      const state = random.state(50);
      const copy = stateFromData(JSON.parse(JSON.stringify(stateToData(state))));
      expect(changesBetween(state, copy)).toEqual([]);
    }
  });

  test("can be sent to the server", () => {
    for (const { random } of worlds) {
      const [before, after] = [random.state(30), random.state(30)];
      for (const change of changesBetween(before, after)) {
        const operation = random.operation(change);
        expect(operationSchema.parse(operation)).toEqual(operation);
      }
    }
  });
});

describe("undo", () => {
  test("gives the state before, and redo the state after", () => {
    for (const { random, dice } of worlds) {
      const before = random.state(30);
      const after = random.state(1 + dice.below(8), before);
      const undone = applyAll(after, changesBetween(after, before));
      expect(stateToData(undone)).toEqual(stateToData(before));
      const redone = applyAll(undone, changesBetween(undone, after));
      expect(stateToData(redone)).toEqual(stateToData(after));
    }
  });

  test("takes back its own gesture only, and redo gives it back, when other edits came between", () => {
    let undos = 0;
    for (const { random, dice } of worlds) {
      const before = random.state(40);
      const after = random.state(1 + dice.below(6), before);
      const mine = touched(before, after);
      const { later, others } = editOtherThings(random, after, mine);
      const undone = attempt(later, changesBetween(after, before));
      // Another edit may have taken the place that the undo would go back to.
      if (undone === null) continue;
      const alone = attempt(before, others);
      if (alone === null || others.length === 0) continue;
      undos++;
      expect(stateToData(undone)).toEqual(stateToData(alone));
      const redone = applyAll(undone, changesBetween(undone, later));
      expect(stateToData(redone)).toEqual(stateToData(later));
    }
    expect(undos).toBeGreaterThan(CASES / 2);
  });

  test("of a removed span brings its relations, comments and evidence back", () => {
    const brought = { relations: 0, comments: 0, evidence: 0 };
    for (const { random } of worlds) {
      const before = random.state(80);
      for (const spanId of before.spans.keys()) {
        const after = applyAll(before, [{ kind: "remove_span", spanId }]);
        const undone = applyAll(after, changesBetween(after, before));
        expect(stateToData(undone)).toEqual(stateToData(before));
        brought.relations += before.relations.size - after.relations.size;
        brought.comments += before.comments.size - after.comments.size;
        brought.evidence += evidenceOf(before).length - evidenceOf(after).length;
      }
    }
    expect(Math.min(...Object.values(brought))).toBeGreaterThan(10);
  });
});

describe("the log", () => {
  /** A log as the server would hold it, with undo and redo by the stacks, and where it led. */
  function keepLog(random: RandomChanges, dice: ReturnType<typeof chance>) {
    let state = EMPTY_STATE;
    let stacks: ReturnType<typeof recordGesture> = { undo: [], redo: [] };
    const log: StoredOperation[] = [];
    const commit = (changes: readonly Change[], undoes: string | null) => {
      const gestureId = random.id();
      const before = state;
      for (const change of changes) {
        const verdict = applyChange(state, change, richContext);
        if (verdict.outcome === "refused") continue;
        const { outcome } = verdict;
        log.push({
          ...random.operation(change, gestureId, undoes),
          revision: log.length + 1,
          outcome,
        });
        if (verdict.outcome === "applied") state = verdict.state;
      }
      stacks = recordGesture(stacks, { gestureId, undoes }, before, state);
    };
    for (let at = 0; at < 40; at++) {
      const [undo, redo] = [stacks.undo.at(-1), stacks.redo.at(-1)];
      const roll = dice.below(5);
      if (roll === 0 && undo !== undefined) commit(undo.changes, undo.gestureId);
      else if (roll === 1 && redo !== undefined) commit(redo.changes, redo.gestureId);
      else
        commit(
          Array.from({ length: 1 + dice.below(3) }, () => random.change(state)),
          null,
        );
    }
    return { state, stacks, log };
  }

  test("replayed gives the state and the stacks of undo and redo as they were left", () => {
    for (const { random, dice } of worlds.slice(0, 60)) {
      const { state, stacks, log } = keepLog(random, dice);
      const rebuilt = replay(log, richContext);
      expect(stateToData(rebuilt.state)).toEqual(stateToData(state));
      expect(rebuilt.undo.map((step) => step.gestureId)).toEqual(
        stacks.undo.map((step) => step.gestureId),
      );
      expect(rebuilt.redo.map((step) => step.gestureId)).toEqual(
        stacks.redo.map((step) => step.gestureId),
      );
      expect(rebuilt.undo).toEqual(stacks.undo);
    }
  });

  test("replayed equals its applied operations folded one by one", () => {
    for (const { random, dice } of worlds.slice(0, 60)) {
      const { log } = keepLog(random, dice);
      const folded = applyAll(
        EMPTY_STATE,
        log.filter(({ outcome }) => outcome === "applied").map(({ change }) => change),
      );
      expect(stateToData(replay(log, richContext).state)).toEqual(stateToData(folded));
    }
  });

  test("undone to its beginning gives an empty set", () => {
    for (const { random, dice } of worlds.slice(0, 60)) {
      const { state, stacks } = keepLog(random, dice);
      const emptied = stacks.undo.reduceRight((current, step) => {
        const undone = attempt(current, step.changes);
        if (undone === null) throw new Error(`Gesture ${step.gestureId} cannot be undone.`);
        return undone;
      }, state);
      expect(stateToData(emptied)).toEqual(stateToData(EMPTY_STATE));
    }
  });
});
