import { applyChange } from "./apply";
import { changesBetween } from "./between";
import type { EditContext } from "./edit";
import type { Change, StoredOperation } from "./operation";
import { type AnnotationState, EMPTY_STATE } from "./state";

/** One gesture that can be taken back: what undoes it now. */
export type UndoStep = { gestureId: string; changes: Change[] };

export type Replay = {
  state: AnnotationState;
  undo: UndoStep[];
  redo: UndoStep[];
};

/**
 * Rebuilds a set from its log, with the stacks of undo and redo as the person left them. Replaying
 * the log must give the stored projection; the server checks that, and tests do. `contextOf` gives
 * what was valid under an earlier version of the codebook; where it is not known, today's is taken.
 */
export function replay(
  operations: readonly StoredOperation[],
  context: EditContext,
  contextOf: (codebookVersion: number) => EditContext = () => context,
): Replay {
  let result: Replay = { state: EMPTY_STATE, undo: [], redo: [] };
  let valid = firstContext(operations, context, contextOf);
  for (const gesture of gesturesOf(operations)) {
    const turn = gesture[0]?.change;
    if (turn?.kind === "change_codebook") valid = contextOf(turn.to);
    result = replayGesture(result, gesture, valid);
    // Steps from before lead back to what the codebook does not say any more.
    if (turn?.kind === "change_codebook") result = { ...result, undo: [], redo: [] };
  }
  return result;
}

function firstContext(
  operations: readonly StoredOperation[],
  context: EditContext,
  contextOf: (codebookVersion: number) => EditContext,
): EditContext {
  for (const { change } of operations) {
    if (change.kind === "change_codebook") return contextOf(change.from);
  }
  return context;
}

/** The stacks after one more gesture that led from `before` to `after`. */
export function recordGesture(
  stacks: Pick<Replay, "undo" | "redo">,
  gesture: { gestureId: string; undoes: string | null },
  before: AnnotationState,
  after: AnnotationState,
): Pick<Replay, "undo" | "redo"> {
  const changes = changesBetween(after, before);
  const step = { gestureId: gesture.gestureId, changes };
  if (gesture.undoes === null) {
    return changes.length === 0 ? stacks : { undo: [...stacks.undo, step], redo: [] };
  }
  if (stacks.undo[stacks.undo.length - 1]?.gestureId === gesture.undoes) {
    return { undo: stacks.undo.slice(0, -1), redo: [...stacks.redo, step] };
  }
  if (stacks.redo[stacks.redo.length - 1]?.gestureId === gesture.undoes) {
    return { undo: [...stacks.undo, step], redo: stacks.redo.slice(0, -1) };
  }
  return stacks;
}

function replayGesture(
  { state, undo, redo }: Replay,
  gesture: readonly StoredOperation[],
  context: EditContext,
): Replay {
  const first = gesture[0];
  if (first === undefined) return { state, undo, redo };
  let after = state;
  for (const operation of gesture) {
    if (operation.outcome !== "applied" || changesNothing(operation.change)) continue;
    const verdict = applyChange(after, operation.change, context);
    if (verdict.outcome === "applied") after = verdict.state;
  }
  return { state: after, ...recordGesture({ undo, redo }, first, state, after) };
}

function changesNothing({ kind }: Change): boolean {
  return kind === "submit" || kind === "change_codebook";
}

/** Neighbouring operations of one gesture, together. */
function gesturesOf(operations: readonly StoredOperation[]): StoredOperation[][] {
  const gestures: StoredOperation[][] = [];
  for (const operation of operations) {
    const current = gestures[gestures.length - 1];
    if (current?.[0]?.gestureId === operation.gestureId) current.push(operation);
    else gestures.push([operation]);
  }
  return gestures;
}
