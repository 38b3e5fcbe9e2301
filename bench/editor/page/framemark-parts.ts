import { Annotator } from "@/components/workspace/annotator";
import { markableTables } from "@/components/workspace/markable-tables";
import { AnnotationSession } from "@/components/workspace/session/annotation-session";
import { showText } from "@/components/workspace/text/document-view";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import { stateFromData } from "@/lib/domain/annotation/state";
import { labelKeys } from "@/lib/domain/codebook/label-keys";
import { labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
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
    revision: 0,
    annotations: stateFromData(dataOf(article)),
    isClosed: false,
    context: makeEditContext(article, codebook),
  });
  const keys = labelKeys(article.codebook);
  const labelsByKey = new Map(
    article.codebook.layers.flatMap((layer) =>
      layer.labels.flatMap((label) => {
        const key = keys.get(lookKey(layer.key, label.key));
        return key === undefined ? [] : [[key, { layer: layer.key, label: label.key }] as const];
      }),
    ),
  );
  return {
    shown,
    tables,
    session,
    looks: labelLooks(article.codebook),
    annotator: new Annotator(session, codebook, shown.index, tables),
    labelsByKey,
  };
}

export function dataOf(article: Article) {
  return { spans: article.spans, relations: [], unitLabels: [], comments: [], flags: [] };
}
