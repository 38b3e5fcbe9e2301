import type { Attribute, Codebook, Condition, Label, Layer } from "./language";

const STANCES = {
  as_intended: "Read as the author meant it.",
  as_felt: "Read as a reader feels it.",
  as_conveyed: "Read as what the text conveys.",
} as const;

const CHOICES: Record<Layer["choice"], string> = {
  one: "one label",
  many: "several labels",
  scale: "one label of a scale",
  each: "an answer to each",
};

/** A codebook to be read on paper or in a terminal, in Markdown. */
export function printCodebook(codebook: Codebook): string {
  const { name, version, description, stance, checkAgainstPaper, guidelines, citation } = codebook;
  const parts = [
    `# ${name}`,
    `Version ${version}, in ${codebook.language}. ${description}`,
    stance === undefined ? "" : STANCES[stance],
    checkAgainstPaper === undefined ? "" : `> Check against the paper: ${checkAgainstPaper}`,
    guidelines,
    ...codebook.layers.map(printLayer),
    ...codebook.mappings.map((mapping) => {
      const rows = Object.entries(mapping.labels).map(
        ([from, to]) => `- ${from}: ${to ?? "nothing"}`,
      );
      return [`## From ${mapping.layer} to ${mapping.to}`, mapping.note ?? "", rows.join("\n")];
    }),
    citation === "" ? "" : `Source: ${citation}`,
  ];
  return `${parts
    .flat()
    .filter((part) => part.trim() !== "")
    .map((part) => part.trim())
    .join("\n\n")}\n`;
}

function printLayer(layer: Layer): string[] {
  const facts = [
    layer.level,
    CHOICES[layer.choice],
    layer.required ? "required" : "",
    layer.archived ? "archived" : "",
  ].filter((fact) => fact !== "");
  return [
    `## ${layer.name} (${facts.join(", ")})`,
    layer.description,
    layer.labels
      .filter((label) => label.parent === undefined)
      .map((label) => printLabel(label, layer, ""))
      .join("\n"),
    layer.answers === undefined
      ? ""
      : `Answers: ${layer.answers.map((answer) => answer.name).join(", ")}.`,
    layer.attributes.length === 0
      ? ""
      : `Questions:\n${layer.attributes.map((each) => printAttribute(each, layer)).join("\n")}`,
  ];
}

function printLabel(label: Label, layer: Layer, indent: string): string {
  const inner = `${indent}  `;
  const name = ({ label: key, note }: Label["notThis"][number]) => {
    const other = layer.labels.find((each) => each.key === key)?.name ?? key;
    return other === undefined ? note : `${other} (${note})`;
  };
  const lines = [
    `${indent}- **${label.name}** \`${label.key}\`${label.archived ? " (archived)" : ""}${label.definition === "" ? "" : `: ${label.definition}`}`,
    ...label.examples.map((example) => `${inner}- Example: ${example}`),
    ...label.counterExamples.map((example) => `${inner}- Not: ${example}`),
    ...label.notThis.map((hint) => `${inner}- Not this: ${name(hint)}`),
    ...label.seeAlso.map((hint) => `${inner}- See also: ${name(hint)}`),
    ...layer.labels
      .filter((each) => each.parent === label.key)
      .map((each) => printLabel(each, layer, inner)),
  ];
  return lines.join("\n");
}

function printAttribute(attribute: Attribute, layer: Layer): string {
  const { name, key, type, options = [], when, required, help } = attribute;
  const facts = [
    options.length === 0 ? type : `${type}: ${options.map((option) => option.name).join(", ")}`,
    when === undefined ? "" : `asked if ${conditionWords(when, layer)}`,
    required === true ? "required" : "",
    typeof required === "object" ? `required if ${conditionWords(required, layer)}` : "",
    attribute.archived ? "archived" : "",
  ].filter((fact) => fact !== "");
  return `- **${name}** \`${key}\` (${facts.join("; ")})${help === undefined ? "" : `: ${help}`}`;
}

function conditionWords({ attribute, is, labels }: Condition, layer: Layer): string {
  const question = layer.attributes.find((each) => each.key === attribute)?.name ?? attribute;
  return [
    labels === undefined ? "" : `the label is ${labels.join(" or ")}`,
    question === undefined
      ? ""
      : `“${question}” is ${is === undefined ? "answered" : is.join(" or ")}`,
  ]
    .filter((part) => part !== "")
    .join(" and ");
}
