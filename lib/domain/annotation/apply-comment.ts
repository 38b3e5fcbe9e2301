import { type Applied, applied, SUPERSEDED, withEntry } from "./edit";
import type { Change } from "./operation";
import type { AnnotationState } from "./state";

type CommentChange = Extract<Change, { kind: "add_comment" | "remove_comment" }>;

/** Applies a change to the author's own comments (see applyChange). */
export function applyComment(state: AnnotationState, change: CommentChange): Applied {
  if (change.kind === "remove_comment") {
    if (!state.comments.has(change.commentId)) return SUPERSEDED;
    return applied({ ...state, comments: withEntry(state.comments, change.commentId, null) });
  }
  const { comment } = change;
  const isLost = comment.spanId !== null && !state.spans.has(comment.spanId);
  if (isLost || state.comments.has(comment.id)) return SUPERSEDED;
  return applied({ ...state, comments: withEntry(state.comments, comment.id, comment) });
}
