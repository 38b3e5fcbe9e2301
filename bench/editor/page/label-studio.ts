/** Label Studio's editor with `<Labels>` and `<Text granularity="word">`; its build is loaded before. */
import { type Article, keyOf, LABELS } from "../article";
import type { Editor } from "./editor";
import { measure } from "./harness";

type Region = {
  id: string;
  _spans?: HTMLElement[];
  labeling?: { mainValue?: string[] };
  deleteRegion(): void;
};

type Label = { toggleSelected(): void; selected: boolean };

type Annotation = {
  regionStore: { regions: Region[] };
  names: Map<string, { children: Label[]; unselectAll(): void }>;
  selectArea(region: Region): void;
  unselectAll(): void;
};

declare global {
  interface Window {
    LabelStudio: new (element: string, options: unknown) => unknown;
    Htx: { annotationStore: { selected: Annotation } };
  }
}

function labelStudioEditor(): Editor {
  const annotation = () => window.Htx.annotationStore.selected;
  const find = (id: string) => annotation().regionStore.regions.find((each) => each.id === id);
  const labels = () => annotation().names.get("label")?.children ?? [];
  let known = 0;
  let highlights = 0;
  let removed: HTMLElement | undefined;
  let before = "";
  const newest = () => annotation().regionStore.regions.at(-1);
  return {
    start(article) {
      new window.LabelStudio("root", optionsFor(article));
    },
    hasHighlights: () => document.getElementsByClassName("htx-highlight").length > 0,
    hasAll: () => true,
    textRoot: () => document.querySelector<HTMLElement>(".htx-text") ?? document.body,
    prepareCreate() {
      annotation().unselectAll();
      const label = labels()[2];
      if (label !== undefined && !label.selected) label.toggleSelected();
      known = annotation().regionStore.regions.length;
      highlights = document.getElementsByClassName("htx-highlight").length;
    },
    created() {
      if (document.getElementsByClassName("htx-highlight").length === highlights) return null;
      if (annotation().regionStore.regions.length === known) return null;
      const region = newest();
      return region?._spans?.[0]?.isConnected ? region.id : null;
    },
    select(id) {
      annotation().unselectAll();
      const region = find(id);
      if (region !== undefined) annotation().selectArea(region);
    },
    remove(id) {
      const region = find(id);
      removed = region?._spans?.[0];
      region?.deleteRegion();
    },
    isRemoved: (id) => removed?.isConnected !== true && find(id) === undefined,
    relabel(id) {
      const region = find(id);
      before = region?._spans?.[0]?.style.backgroundColor ?? "";
      const isFirst = region?.labeling?.mainValue?.includes(LABELS[0] ?? "") ?? false;
      labels()[isFirst ? 1 : 0]?.toggleSelected();
    },
    isRelabelled(id) {
      const colour = find(id)?._spans?.[0]?.style.backgroundColor;
      return colour !== undefined && colour !== before;
    },
  };
}

const COLOURS = [
  "#0072b2",
  "#c75200",
  "#00805e",
  "#b4568c",
  "#3a8fc2",
  "#a67a00",
  "#7a5195",
  "#666",
];

function optionsFor(article: Article) {
  const nameOf = new Map(LABELS.map((name) => [keyOf(name), name]));
  const tags = LABELS.map((name, at) => `<Label value="${name}" background="${COLOURS[at]}"/>`);
  return {
    config: `<View><Labels name="label" toName="text">${tags.join("")}</Labels><Text name="text" value="$text" granularity="word"/></View>`,
    interfaces: ["panel", "update", "controls", "side-column", "annotations:menu"],
    user: { pk: 1, firstName: "Bench", lastName: "" },
    task: {
      id: 1,
      data: { text: article.text },
      predictions: [],
      annotations: [
        {
          id: 1,
          result: article.spans.flatMap((span) => {
            const range = span.ranges[0];
            if (range === undefined) return [];
            return [
              {
                id: span.id,
                from_name: "label",
                to_name: "text",
                type: "labels",
                value: {
                  start: range.start,
                  end: range.end,
                  text: range.quote,
                  labels: [nameOf.get(span.label)],
                },
              },
            ];
          }),
        },
      ],
    },
  };
}

measure(labelStudioEditor());
