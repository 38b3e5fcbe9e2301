/** Recogito's text annotator with its default renderer, over plain paragraphs. */
import "@recogito/text-annotator/text-annotator.css";
import "./plain.css";
import { createTextAnnotator, type TextAnnotation } from "@recogito/text-annotator";
import { type Article, keyOf, LABELS } from "../article";
import type { Editor } from "./editor";
import { measure } from "./harness";

type Colour = `#${string}`;

const COLOURS: Colour[] = [
  "#0072b2",
  "#c75200",
  "#00805e",
  "#b4568c",
  "#3a8fc2",
  "#a67a00",
  "#7a5195",
  "#6b6b6b",
];

function recogitoEditor(): Editor {
  let annotator: ReturnType<typeof createTextAnnotator<TextAnnotation, TextAnnotation>>;
  let container: HTMLElement;
  let newest: string | null = null;
  const shown = (id: string) =>
    container.querySelector<HTMLElement>(`.r6o-annotation[data-annotation="${id}"]`);
  let before = "";
  return {
    start(article) {
      container = writeParagraphs(article);
      annotator = createTextAnnotator<TextAnnotation, TextAnnotation>(container, {
        style: ({ bodies }) => {
          const colour = COLOURS[LABELS.findIndex((name) => keyOf(name) === bodies[0]?.value)];
          return { fill: colour ?? "#888888", fillOpacity: 0.3 };
        },
      });
      annotator.on("createAnnotation", (annotation) => {
        newest = annotation.id;
      });
      annotator.setAnnotations(toAnnotations(article) as TextAnnotation[]);
    },
    hasHighlights: () => document.getElementsByClassName("r6o-annotation").length > 0,
    // It draws what is in view.
    hasAll: () => true,
    textRoot: () => container,
    prepareCreate() {
      annotator.cancelSelected();
      newest = null;
    },
    created() {
      const selected = newest ?? annotator.getSelected()[0]?.id ?? null;
      return selected !== null && shown(selected) !== null ? selected : null;
    },
    select: () => {},
    remove: (id) => {
      annotator.removeAnnotation(id);
    },
    isRemoved: (id) => shown(id) === null,
    relabel(id) {
      const annotation = annotator.getAnnotationById(id);
      if (annotation === undefined) return;
      before = shown(id)?.style.backgroundColor ?? "";
      const label = keyOf(
        LABELS[annotation.bodies[0]?.value === keyOf(LABELS[0] ?? "") ? 1 : 0] ?? "",
      );
      annotator.updateAnnotation({
        ...annotation,
        bodies: [{ id: "label", annotation: id, purpose: "tagging", value: label }],
      });
    },
    isRelabelled(id) {
      const colour = shown(id)?.style.backgroundColor;
      return colour !== undefined && colour !== before;
    },
  };
}

function writeParagraphs(article: Article): HTMLElement {
  const container = document.createElement("div");
  container.className = "plain";
  for (const { start, end } of article.blocks) {
    const paragraph = document.createElement("p");
    paragraph.textContent = article.text.slice(start, end);
    container.append(paragraph);
  }
  document.getElementById("root")?.append(container);
  return container;
}

/** Its offsets count the container's text, in which paragraphs follow each other without a break. */
function toAnnotations(article: Article) {
  let shift = 0;
  let end = 0;
  const shifts = article.blocks.map((block) => {
    shift += block.start - end;
    end = block.end;
    return { end: block.end, shift };
  });
  return article.spans.flatMap((span) => {
    const range = span.ranges[0];
    if (range === undefined) return [];
    const by = shifts.find((each) => each.end > range.start)?.shift ?? 0;
    return [
      {
        id: span.id,
        bodies: [{ id: "label", annotation: span.id, purpose: "tagging", value: span.label }],
        target: {
          annotation: span.id,
          selector: [{ quote: range.quote, start: range.start - by, end: range.end - by }],
        },
      },
    ];
  });
}

measure(recogitoEditor());
