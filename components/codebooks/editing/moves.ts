import type { Codebook, Layer } from "@/lib/domain/codebook/language";
import { labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { inTreeOrder, patched, subtree, withLayer } from "./parts";
import { findLayer, type Place } from "./place";

/** Where something is put: before or after a sibling, or at the end of what is inside `target`. */
export type Target = { place: Place; position: "before" | "after" | "inside" };

/** Whether something may be put there; if not, why, as a sentence. */
export function moveProblem(codebook: Codebook, moved: Place, target: Target): string | null {
  switch (moved.kind) {
    case "layer":
      return target.place.kind === "layer" && target.position !== "inside"
        ? null
        : "A layer stands among layers.";
    case "attribute":
      return questionProblem(moved, target);
    case "label":
      return labelMoveProblem(codebook, moved, target);
    default:
      return "This stays where it is.";
  }
}

function questionProblem(moved: Place & { kind: "attribute" }, { place, position }: Target) {
  const isBeside = place.kind === "attribute" && position !== "inside";
  const isInto = place.kind === "questions" && position === "inside";
  if (!isBeside && !isInto) return "A question stands among the questions of its layer.";
  return place.layer === moved.layer ? null : "A question stays in its layer.";
}

function labelMoveProblem(
  codebook: Codebook,
  moved: Place & { kind: "label" },
  { place, position }: Target,
): string | null {
  const isInto = place.kind === "layer" && position === "inside";
  if (place.kind !== "label" && !isInto) return "A label stands among the labels of its layer.";
  if (place.layer !== moved.layer) {
    return "A label stays in its layer. Add it to the other one anew, and archive it here.";
  }
  const layer = findLayer(codebook, moved.layer);
  if (layer === undefined || place.kind !== "label") return null;
  return subtree(layer, moved.label).includes(place.label)
    ? "A group cannot be put into itself."
    : null;
}

/** Puts something elsewhere; the codebook as it is where that may not be. */
export function move(codebook: Codebook, moved: Place, target: Target): Codebook {
  if (moveProblem(codebook, moved, target) !== null) return codebook;
  const { place, position } = target;
  if (moved.kind === "layer" && place.kind === "layer") {
    const layers = reordered(codebook.layers, moved.layer, place.layer, position);
    return { ...codebook, layers };
  }
  if (moved.kind === "attribute") {
    return withLayer(codebook, moved.layer, (layer) => {
      const beside = place.kind === "attribute" ? place.attribute : layer.attributes.at(-1)?.key;
      if (beside === undefined) return layer;
      const side = place.kind === "attribute" ? position : "after";
      return { ...layer, attributes: reordered(layer.attributes, moved.attribute, beside, side) };
    });
  }
  if (moved.kind !== "label") return codebook;
  return withLayer(withColours(codebook, moved.layer), moved.layer, (layer) =>
    moveLabel(layer, moved.label, target),
  );
}

export type Step = "up" | "down" | "in" | "out";

/** Moves something by one place among its siblings, into the group above it, or out of its group. */
export function step(codebook: Codebook, moved: Place, direction: Step): Codebook {
  const target = stepTarget(codebook, moved, direction);
  return target === null ? codebook : move(codebook, moved, target);
}

function stepTarget(codebook: Codebook, moved: Place, direction: Step): Target | null {
  const siblings = siblingsOf(codebook, moved);
  const at = siblings.findIndex((each) => each.isSelf);
  if (direction === "up" || direction === "down") {
    const beside = siblings[direction === "up" ? at - 1 : at + 1];
    if (beside === undefined) return null;
    return { place: beside.place, position: direction === "up" ? "before" : "after" };
  }
  if (moved.kind !== "label") return null;
  if (direction === "in") {
    const above = siblings[at - 1];
    return above === undefined ? null : { place: above.place, position: "inside" };
  }
  const label = findLayer(codebook, moved.layer)?.labels.find((each) => each.key === moved.label);
  if (label?.parent === undefined) return null;
  return { place: { ...moved, label: label.parent }, position: "after" };
}

function siblingsOf(codebook: Codebook, moved: Place): { place: Place; isSelf: boolean }[] {
  if (moved.kind === "layer") {
    return codebook.layers.map(({ key }) => ({
      place: { kind: "layer", layer: key },
      isSelf: key === moved.layer,
    }));
  }
  const layer = "layer" in moved ? findLayer(codebook, moved.layer) : undefined;
  if (layer === undefined) return [];
  if (moved.kind === "attribute") {
    return layer.attributes.map(({ key }) => ({
      place: { ...moved, attribute: key },
      isSelf: key === moved.attribute,
    }));
  }
  if (moved.kind !== "label") return [];
  const parent = layer.labels.find((each) => each.key === moved.label)?.parent;
  return layer.labels
    .filter((each) => each.parent === parent)
    .map(({ key }) => ({ place: { ...moved, label: key }, isSelf: key === moved.label }));
}

/** A label without a colour of its own is coloured by its place; in a new order it would change. */
function withColours(codebook: Codebook, layerKey: string): Codebook {
  const looks = labelLooks(codebook);
  return withLayer(codebook, layerKey, (layer) => ({
    ...layer,
    labels: layer.labels.map((label) => ({
      ...label,
      colour: label.colour ?? looks.get(lookKey(layer.key, label.key))?.colour,
    })),
  }));
}

function moveLabel(layer: Layer, key: string, { place, position }: Target): Layer {
  const label = layer.labels.find((each) => each.key === key);
  if (label === undefined) return layer;
  const target = place.kind === "label" ? place.label : undefined;
  const beside = layer.labels.find((each) => each.key === target);
  const parent = position === "inside" ? target : beside?.parent;
  const moved = patched(label, { parent });
  const others = layer.labels.filter((each) => each.key !== key);
  if (position === "inside" || target === undefined) {
    return { ...layer, labels: inTreeOrder([...others, moved]) };
  }
  const at = others.findIndex((each) => each.key === target) + (position === "after" ? 1 : 0);
  return { ...layer, labels: inTreeOrder(others.toSpliced(at, 0, moved)) };
}

function reordered<T extends { key: string }>(
  list: readonly T[],
  key: string,
  beside: string,
  position: Target["position"],
): T[] {
  const moved = list.find((each) => each.key === key);
  if (moved === undefined || key === beside) return [...list];
  const others = list.filter((each) => each.key !== key);
  const at = others.findIndex((each) => each.key === beside) + (position === "before" ? 0 : 1);
  return others.toSpliced(at, 0, moved);
}
