import type { Codebook, Label, Layer } from "@/lib/domain/codebook/language";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";
import type { Finding } from "../editing/findings";
import { type Place, placeId } from "../editing/place";
import { isMarked } from "../editing/words";

/** One row of the outline with those below it. */
export type OutlineNode = {
  id: string;
  place: Place;
  name: string;
  /** Small words behind the name, e.g. the level of a layer. */
  note: string;
  look: LabelLook | null;
  shortcut: string | null;
  isGroup: boolean;
  isArchived: boolean;
  isMovable: boolean;
  problems: number;
  advice: number;
  children: OutlineNode[];
};

type Shown = {
  codebook: Codebook;
  looks: ReadonlyMap<string, LabelLook>;
  keys: ReadonlyMap<string, string>;
  findings: readonly Finding[];
};

const LEVEL_NOTES: Record<Layer["level"], string> = {
  span: "words",
  relation: "links",
  sentence: "sentences",
  block: "paragraphs",
  document: "article",
  event: "event",
};

/** A codebook as a tree of rows. */
export function outlineNodes(shown: Shown): OutlineNode[] {
  const counts = countFindings(shown.findings);
  const row = (place: Place, name: string, more: Partial<OutlineNode> = {}): OutlineNode => {
    const id = placeId(place);
    return {
      id,
      place,
      name,
      note: "",
      look: null,
      shortcut: null,
      isGroup: false,
      isArchived: false,
      isMovable: true,
      problems: counts.problem.get(id) ?? 0,
      advice: counts.advice.get(id) ?? 0,
      children: [],
      ...more,
    };
  };
  const labelRow = (layer: Layer, label: Label): OutlineNode => {
    const id = lookKey(layer.key, label.key);
    const hasLook = isMarked(layer) && label.selectable;
    return row({ kind: "label", layer: layer.key, label: label.key }, label.name || "(no name)", {
      look: hasLook ? (shown.looks.get(id) ?? null) : null,
      shortcut: hasLook && !label.archived ? (shown.keys.get(id) ?? null) : null,
      isGroup: !label.selectable,
      isArchived: label.archived,
      children: childrenOf(layer, label.key).map((child) => labelRow(layer, child)),
    });
  };
  const questions = (layer: Layer): OutlineNode[] => {
    const asks = layer.level === "span" || layer.level === "relation";
    if (!asks && layer.attributes.length === 0) return [];
    const rows = layer.attributes.map((attribute) =>
      row(
        { kind: "attribute", layer: layer.key, attribute: attribute.key },
        attribute.name || "(no name)",
        { isArchived: attribute.archived },
      ),
    );
    const name = rows.length === 0 ? "Questions (none)" : "Questions";
    return [
      row({ kind: "questions", layer: layer.key }, name, { isMovable: false, children: rows }),
    ];
  };
  return [
    row({ kind: "about" }, "About this codebook", { isMovable: false }),
    row({ kind: "guidelines" }, "Guidelines", { isMovable: false }),
    ...shown.codebook.layers.map((layer) =>
      row({ kind: "layer", layer: layer.key }, layer.name || "(no name)", {
        note: LEVEL_NOTES[layer.level],
        isArchived: layer.archived,
        children: [
          ...childrenOf(layer, undefined).map((label) => labelRow(layer, label)),
          ...questions(layer),
        ],
      }),
    ),
  ];
}

/** Rows whose name, or the name of one below, holds the words searched for. */
export function filterNodes(nodes: readonly OutlineNode[], search: string): OutlineNode[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return [...nodes];
  return nodes.flatMap((node) => {
    const children = filterNodes(node.children, search);
    const fits = node.name.toLowerCase().includes(wanted);
    return fits || children.length > 0
      ? [{ ...node, children: fits ? node.children : children }]
      : [];
  });
}

/** Ids of all rows that have others below them. */
export function parentIds(nodes: readonly OutlineNode[]): string[] {
  return nodes.flatMap((node) =>
    node.children.length > 0 ? [node.id, ...parentIds(node.children)] : [],
  );
}

/** Labels directly below another one; those whose parent does not exist stand at the top. */
function childrenOf(layer: Layer, parent: string | undefined): Label[] {
  const known = new Set(layer.labels.map((label) => label.key));
  return layer.labels.filter((label) => {
    const above = label.parent !== undefined && known.has(label.parent) ? label.parent : undefined;
    return above === parent;
  });
}

function countFindings(findings: readonly Finding[]) {
  const counts = { problem: new Map<string, number>(), advice: new Map<string, number>() };
  for (const { kind, place } of findings) {
    const id = placeId(place);
    counts[kind].set(id, (counts[kind].get(id) ?? 0) + 1);
  }
  return counts;
}
