import "server-only";
import { applyChange } from "@/lib/domain/annotation/apply";
import { findGaps } from "@/lib/domain/annotation/completeness";
import { type Applied, applied, type EditContext, refused } from "@/lib/domain/annotation/edit";
import type {
  Change,
  Operation,
  OperationResult,
  StoredOperation,
} from "@/lib/domain/annotation/operation";
import type { AnnotationState } from "@/lib/domain/annotation/state";
import type { FrozenContext } from "./edit-context";
import { loadPart, loadState, type Part } from "./stored-sets";

/** The set that a batch is judged on. */
export type Bench = {
  projectId: string;
  setId: string;
  revision: number;
  isWithdrawn: boolean;
  /** Ids in the batch that belong to other sets. */
  foreignIds: ReadonlySet<string>;
  context: FrozenContext;
  /**
   * Keys of the closed list that new answers must name, and those that are asked about. What an undo brings
   * back was answered before.
   */
  names?: Required<Pick<EditContext, "entities" | "asked">>;
};

export type Judged = {
  before: AnnotationState;
  after: AnnotationState;
  results: Map<string, OperationResult>;
  /** Operations to keep, numbered on from the set's revision. */
  stored: StoredOperation[];
  submits: boolean;
};

/** Runs fresh operations over the stored state, each judged by itself; stores nothing. */
export async function judgeBatch(fresh: Operation[], bench: Bench): Promise<Judged> {
  const before = await stateFor(fresh, bench);
  const judged: Judged = {
    before,
    after: before,
    results: new Map(),
    stored: [],
    submits: false,
  };
  for (const operation of fresh) {
    if (judged.results.has(operation.id)) continue;
    record(operation, judgeOne(operation, judged, bench), judged, bench);
  }
  return judged;
}

/** Ids that a change brings into the world. */
export function newIdOf(change: Change): string[] {
  if (change.kind === "add_span") return [change.span.id];
  if (change.kind === "add_relation") return [change.relation.id];
  return change.kind === "add_comment" ? [change.comment.id] : [];
}

function judgeOne(operation: Operation, judged: Judged, bench: Bench): Applied {
  const { id, change } = operation;
  if ([id, ...newIdOf(change)].some((each) => bench.foreignIds.has(each))) {
    return refused("This id belongs to something else.");
  }
  if (judged.submits) return refused("This document is submitted.");
  if (change.kind !== "submit") {
    const { context, names } = bench;
    return applyChange(
      judged.after,
      change,
      operation.undoes === null ? { ...context, ...names } : context,
    );
  }
  if (bench.isWithdrawn) return refused("This document is no longer assigned to you.");
  const gap = findGaps(judged.after, { ...bench.context, ...bench.names })[0];
  return gap === undefined ? applied(judged.after) : refused(gap.message);
}

function record(operation: Operation, verdict: Applied, judged: Judged, bench: Bench): void {
  if (verdict.outcome === "refused") {
    judged.results.set(operation.id, { id: operation.id, ...verdict });
    return;
  }
  if (verdict.outcome === "applied") judged.after = verdict.state;
  judged.submits = operation.change.kind === "submit";
  const revision = bench.revision + judged.stored.length + 1;
  judged.stored.push({ ...operation, revision, outcome: verdict.outcome });
  judged.results.set(operation.id, { id: operation.id, outcome: verdict.outcome, revision });
}

/** All of the set where a submit must be judged, else what the operations can touch. */
function stateFor(operations: Operation[], { projectId, setId }: Bench) {
  const needsAll = operations.some(({ change }) => change.kind === "submit");
  return needsAll
    ? loadState(projectId, setId)
    : loadPart(projectId, setId, partOf(operations.map(({ change }) => change)));
}

function partOf(changes: Change[]): Part {
  const ranges = changes.flatMap((change) => {
    if (change.kind === "add_span") return change.span.ranges;
    return change.kind === "move_span" ? change.ranges : [];
  });
  return {
    near: {
      start: Math.min(...ranges.map((range) => range.start), 2_147_483_647),
      end: Math.max(...ranges.map((range) => range.end), 0),
    },
    ids: changes.flatMap(touchedIds),
  };
}

function touchedIds(change: Change): string[] {
  switch (change.kind) {
    case "add_span":
      return [change.span.id];
    case "label_span":
    case "move_span":
    case "flag_span":
    case "remove_span":
      return [change.spanId];
    case "set_attribute":
      return [change.targetId];
    case "add_relation":
      return [change.relation.id, change.relation.from, change.relation.to];
    case "label_relation":
    case "remove_relation":
      return [change.relationId];
    case "set_unit_label":
      return change.evidence;
    case "add_comment":
      return change.comment.spanId === null ? [] : [change.comment.spanId];
    default:
      return [];
  }
}
