import { applyComment } from "./apply-comment";
import { applyRelation } from "./apply-relation";
import { applySpan } from "./apply-span";
import { applyUnitLabel } from "./apply-unit-label";
import { type Applied, applied, type EditContext, refused } from "./edit";
import type { Change } from "./operation";
import type { AnnotationState } from "./state";

/**
 * Applies one change to an annotation set. The same function runs in the browser, where it shows
 * the edit at once, and on the server, where its verdict is stored. Nothing is mutated.
 */
export function applyChange(state: AnnotationState, change: Change, context: EditContext): Applied {
  switch (change.kind) {
    case "add_span":
    case "label_span":
    case "move_span":
    case "flag_span":
    case "remove_span":
      return applySpan(state, change, context);
    case "set_attribute":
      return state.relations.has(change.targetId)
        ? applyRelation(state, change, context)
        : applySpan(state, change, context);
    case "add_relation":
    case "label_relation":
    case "remove_relation":
      return applyRelation(state, change, context);
    case "set_unit_label":
    case "remove_unit_label":
      return applyUnitLabel(state, change, context);
    case "add_comment":
    case "remove_comment":
      return applyComment(state, change);
    case "flag_document":
      return applied({ ...state, flags: change.flags });
    case "submit":
      return refused("Submitting is decided by the assignment.");
    case "change_codebook":
      return refused("Only a migration changes the codebook of a document.");
  }
}
