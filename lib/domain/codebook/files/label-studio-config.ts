import { childElements, readXml, type XmlElement } from "../../formats/xml";
import { type Result, success } from "../../result";
import { freeKey } from "../restructure";
import type { Converted } from "./converted";
import { freeShortcut, nearestColour } from "./doccano-labels";

type Attribute = Record<string, unknown> & { key: string };
type Layer = Record<string, unknown> & { key: string };

/** What has been read so far. */
type Reading = {
  layers: Layer[];
  perSpan: Attribute[];
  notes: string[];
};

/** Tags that show something and ask for nothing. */
const SILENT = new Set([
  "View",
  "Text",
  "HyperText",
  "Header",
  "Style",
  "Paragraphs",
  "Collapse",
  "Panel",
]);

/**
 * The labelling configuration of a Label Studio project. `Labels` become span layers, `Choices`,
 * `Taxonomy`, `Rating` and `Number` questions about the document, or about spans where they are asked
 * per region, and `Relations` a relation layer.
 */
export function readLabelStudioConfig(text: string, name: string): Result<Converted> {
  const read = readXml(text);
  if (!read.ok) return read;
  const reading: Reading = { layers: [], perSpan: [], notes: [] };
  visit(read.value, reading);
  joinSpanQuestions(reading);
  return success({
    content: {
      framemark: "codebook/1",
      key: freeKey(name, []),
      name,
      layers: reading.layers,
    },
    notes: reading.notes,
  });
}

function visit(element: XmlElement, reading: Reading): void {
  switch (element.name) {
    case "Labels":
    case "HyperTextLabels":
    case "ParagraphLabels":
      reading.layers.push(spanLayer(element, reading));
      return;
    case "Choices":
    case "Taxonomy":
      addQuestion(element, reading);
      return;
    case "Rating":
    case "Number":
    case "TextArea":
      addAnswer(element, reading);
      return;
    case "Relations":
      addRelations(element, reading);
      return;
  }
  if (!SILENT.has(element.name)) reading.notes.push(`<${element.name}> has no counterpart here.`);
  for (const child of childElements(element)) visit(child, reading);
}

function spanLayer(element: XmlElement, reading: Reading): Layer {
  const { name = "label", choice } = element.attributes;
  return {
    key: freeKey(name, keysOf(reading)),
    name,
    level: "span",
    choice: choice === "single" ? "one" : "many",
    boundary: { unit: "character", trim: false },
    labels: entries(element, "Label", reading),
  };
}

function addQuestion(element: XmlElement, reading: Reading): void {
  const { name = "choice", choice, required, perRegion } = element.attributes;
  const options = entries(element, "Choice", reading);
  const isMany = choice === "multiple" || element.name === "Taxonomy";
  if (perRegion === "true") {
    const attribute = {
      key: freeKey(
        name,
        reading.perSpan.map((each) => each.key),
      ),
      name,
      type: isMany ? "multi" : "choice",
      required: required === "true",
      options: options.map((each) => ({ key: each.key, name: each.name })),
    };
    reading.perSpan.push(attribute);
    return;
  }
  reading.layers.push({
    key: freeKey(name, keysOf(reading)),
    name,
    level: "document",
    choice: isMany ? "many" : "one",
    required: required === "true",
    labels: options,
  });
}

/** A rating, number or text; about the whole document there is no such question here. */
function addAnswer(element: XmlElement, reading: Reading): void {
  const { name = element.name, required, perRegion, maxRating } = element.attributes;
  if (perRegion !== "true") {
    if (element.name === "Rating") addRating(element, reading);
    else reading.notes.push(`<${element.name} name="${name}"> about the whole text is left out.`);
    return;
  }
  const bounds = Object.fromEntries(
    [
      ["minimum", element.attributes.min ?? (maxRating === undefined ? undefined : "1")],
      ["maximum", element.attributes.max ?? maxRating],
    ]
      .filter(([, value]) => value !== undefined && !Number.isNaN(Number(value)))
      .map(([key, value]) => [key, Number(value)]),
  );
  const attribute = {
    key: freeKey(
      name,
      reading.perSpan.map((each) => each.key),
    ),
    name,
    type: element.name === "TextArea" ? "text" : "number",
    required: required === "true",
    ...(element.name === "TextArea" ? {} : bounds),
  };
  reading.perSpan.push(attribute);
}

function addRating({ attributes }: XmlElement, reading: Reading): void {
  const { name = "rating", required } = attributes;
  const most = Math.min(Math.max(Number(attributes.maxRating ?? 5) || 5, 2), 100);
  reading.layers.push({
    key: freeKey(name, keysOf(reading)),
    name,
    level: "document",
    choice: "scale",
    required: required === "true",
    labels: Array.from({ length: most }, (_, at) => ({
      key: String(at + 1),
      name: String(at + 1),
    })),
  });
}

function addRelations(element: XmlElement, reading: Reading): void {
  const [span] = reading.layers.filter((layer) => layer.level === "span");
  if (span === undefined) {
    reading.notes.push("<Relations> stands before any labels and is left out.");
    return;
  }
  reading.notes.push(
    `Relations join spans of “${String(span.name)}” only; change that if need be.`,
  );
  reading.layers.push({
    key: freeKey("relation", keysOf(reading)),
    name: "Relations",
    level: "relation",
    from: { layer: span.key },
    to: { layer: span.key },
    labels: entries(element, "Relation", reading),
  });
}

type Entry = Record<string, unknown> & { key: string; name: string };

/** Labels or choices with those nested in them, each after the one that it stands in. */
function entries(element: XmlElement, tag: "Label" | "Choice" | "Relation", reading: Reading) {
  const found: Entry[] = [];
  const shortcuts = new Set<string>();
  const collect = (within: XmlElement, parent: string | null) => {
    for (const child of childElements(within, tag)) {
      const name = child.attributes.value?.trim() || child.attributes.alias?.trim() || "";
      if (name === "") {
        reading.notes.push(`A <${tag}> without a value is left out.`);
        continue;
      }
      const taken = found.map((each) => each.key);
      const key = freeKey(child.attributes.alias ?? name, taken);
      found.push({
        key,
        name,
        ...(parent === null ? {} : { parent }),
        ...looksOf(child, shortcuts),
      });
      collect(child, key);
    }
  };
  collect(element, null);
  if (found.length === 0) reading.notes.push(`<${element.name}> takes its labels from the tasks.`);
  return found;
}

function looksOf({ attributes }: XmlElement, shortcuts: Set<string>) {
  const colour = nearestColour(attributes.background);
  const shortcut = freeShortcut(attributes.hotkey, shortcuts);
  const { hint } = attributes;
  return {
    ...(colour === null ? {} : { colour }),
    ...(shortcut === null ? {} : { shortcut }),
    ...(hint === undefined ? {} : { definition: hint }),
  };
}

/** Questions asked per region go to every span layer, or to the one that they name. */
function joinSpanQuestions(reading: Reading): void {
  if (reading.perSpan.length === 0) return;
  const spans = reading.layers.filter((layer) => layer.level === "span");
  if (spans.length === 0) {
    reading.notes.push("Questions per region are left out: there are no labels to ask them of.");
  }
  const attributes = reading.perSpan;
  reading.layers = reading.layers.map((layer) =>
    layer.level === "span" ? { ...layer, attributes } : layer,
  );
}

function keysOf(reading: Reading): string[] {
  return reading.layers.map((layer) => layer.key);
}
