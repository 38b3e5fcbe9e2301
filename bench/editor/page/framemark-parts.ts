import { Annotator } from "@/components/workspace/annotator";
import { markableTables } from "@/components/workspace/markable-tables";
import { AnnotationSession } from "@/components/workspace/session/annotation-session";
import { showText } from "@/components/workspace/text/document-view";
import { workspaceKeys } from "@/components/workspace/workspace-keys";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import { stateFromData } from "@/lib/domain/annotation/state";
import { labelLooks } from "@/lib/domain/codebook/looks";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { NO_KEY_SETTINGS } from "@/lib/domain/keyboard/keymap";
import type { Article } from "../article";

/** As the workspace makes them (see useWorkspaceParts), with the real outbox. */
export function makeParts(article: Article) {
  const codebook = indexCodebook(article.codebook);
  const shown = showText(article);
  const tables = markableTables(article);
  const session = new AnnotationSession({
    userId: "bench",
    assignmentId: crypto.randomUUID(),
    textSha256: "0".repeat(64),
    title: "Bench",
    revision: 0,
    annotations: stateFromData(dataOf(article)),
    isClosed: false,
    context: makeEditContext(article, codebook),
  });
  return {
    shown,
    tables,
    session,
    looks: labelLooks(article.codebook),
    annotator: new Annotator(session, codebook, shown.index, tables),
    keys: workspaceKeys(article.codebook, NO_KEY_SETTINGS),
  };
}

export function dataOf(article: Article) {
  return { spans: article.spans, relations: [], unitLabels: [], comments: [], flags: [] };
}
