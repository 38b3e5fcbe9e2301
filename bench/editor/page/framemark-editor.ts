import type { Annotator } from "@/components/workspace/annotator";
import type { AnnotationSession } from "@/components/workspace/session/annotation-session";
import { type Article, keyOf, LABELS, LAYER } from "../article";
import type { Editor } from "./editor";

type Parts = { annotator: Annotator; session: AnnotationSession };

/** Framemark under the harness; `mount` builds the page and gives a way to its annotator. */
export function framemarkEditor(
  mount: (article: Article, root: HTMLElement) => () => Parts,
): Editor {
  let parts: () => Parts = () => {
    throw new Error("Start first.");
  };
  const spanOf = (id: string) => parts().session.getView().annotations.spans.get(id);
  const labelOf = (index: number) => ({ layer: LAYER, label: keyOf(LABELS[index] ?? "") });
  let known = 0;
  let blockCount = 0;
  const marksIn = () => document.getElementsByTagName("mark");
  const markOf = (id: string) => document.querySelector<HTMLElement>(`mark[data-spans~="${id}"]`);
  const wanted = new Map<string, string>();
  let newest: string | null = null;
  return {
    start(article) {
      blockCount = article.blocks.length;
      const root = document.getElementById("root");
      if (root !== null) parts = mount(article, root);
    },
    hasHighlights: () => marksIn().length > 0,
    hasAll: () =>
      document.querySelectorAll("[data-block]").length === blockCount &&
      document.querySelector(".is-later") === null,
    textRoot: () => document.querySelector<HTMLElement>(".article") ?? document.body,
    prepareCreate() {
      newest = null;
      // A label that is kept goes to words as soon as they are chosen.
      const { annotator } = parts();
      if (annotator.getView().sticky === null) {
        annotator.label(labelOf(2));
        annotator.toggleSticky();
      }
      annotator.clear();
      known = parts().session.getView().annotations.spans.size;
    },
    created() {
      if (newest !== null) return newest;
      const { spans } = parts().session.getView().annotations;
      const { selection } = parts().annotator.getView();
      if (selection.kind !== "span" || spans.size === known) return null;
      if (markOf(selection.spanId) === null) return null;
      newest = selection.spanId;
      return newest;
    },
    select(id) {
      const { selection } = parts().annotator.getView();
      if (selection.kind !== "span" || selection.spanId !== id) parts().annotator.selectSpan(id);
    },
    remove: () => parts().annotator.remove(),
    isRemoved: (id) => spanOf(id) === undefined && markOf(id) === null,
    relabel(id) {
      const next = spanOf(id)?.label === labelOf(0).label ? 1 : 0;
      wanted.set(id, colourOf(next));
      parts().annotator.label(labelOf(next));
    },
    isRelabelled: (id) => markOf(id)?.querySelector(`.${wanted.get(id)}`) !== null,
  };
}

/** Colours go round by the place of the label (see labelLooks). */
function colourOf(index: number): string {
  return `label-${["blue", "vermilion"][index] ?? "grey"}`;
}
