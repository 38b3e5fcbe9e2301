import { lexer, type Token } from "marked";
import { checkCodebook } from "@/lib/domain/codebook/check";
import { findConfusions } from "@/lib/domain/codebook/colour-check";
import { keyConflicts } from "@/lib/domain/codebook/label-keys";
import type { Codebook } from "@/lib/domain/codebook/language";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import { type MigrationRule, ruleProblems } from "@/lib/domain/codebook/rules";
import type { Draft } from "./history";
import { type Place, placeOfPath } from "./place";

/** Something about a codebook to look at: a problem stops publishing, advice does not. */
export type Finding = {
  kind: "problem" | "advice";
  place: Place;
  /** The field that it is about, where it is about one. */
  field: string | null;
  message: string;
};

/** Advice of one kind beyond this many is left out: nobody reads the sixtieth pair of colours. */
const MOST_OF_A_KIND = 12;

/** Everything to say about a codebook, problems first. */
export function findFindings({ codebook, rules }: Draft): Finding[] {
  return [
    ...problemsOf(codebook),
    ...ruleFindings(codebook, rules),
    ...keyAdvice(codebook),
    ...pictureAdvice(codebook),
    ...meaningAdvice(codebook),
    ...colourAdvice(codebook),
  ];
}

function problemsOf(codebook: Codebook): Finding[] {
  return checkCodebook(codebook).problems.map(({ path, message }) => {
    const field = path.findLast((part) => typeof part === "string");
    return {
      kind: "problem",
      place: placeOfPath(codebook, path),
      field: typeof field === "string" ? field : null,
      message,
    };
  });
}

function ruleFindings(codebook: Codebook, rules: readonly MigrationRule[]): Finding[] {
  return ruleProblems(rules, codebook).map(({ path, message }) => {
    const rule = typeof path[1] === "number" ? rules[path[1]] : undefined;
    return { kind: "problem", place: placeOfRule(rule), field: "rule", message };
  });
}

function placeOfRule(rule: MigrationRule | undefined): Place {
  if (rule === undefined) return { kind: "about" };
  switch (rule.kind) {
    case "merge_labels":
      return { kind: "label", layer: rule.layer, label: rule.labels[0] ?? rule.into };
    case "map_answers":
      return { kind: "attribute", layer: rule.layer, attribute: rule.attribute };
    default:
      return { kind: "label", layer: rule.layer, label: rule.label };
  }
}

function keyAdvice(codebook: Codebook): Finding[] {
  return keyConflicts(codebook).map(({ layer, label, message }) => ({
    kind: "advice",
    place: { kind: "label", layer, label },
    field: "shortcut",
    message,
  }));
}

function pictureAdvice({ guidelines }: Codebook): Finding[] {
  const images = countImages(lexer(guidelines));
  if (images === 0) return [];
  const which = images === 1 ? "A picture in the guidelines is" : `${images} pictures are`;
  return [
    {
      kind: "advice",
      place: { kind: "guidelines" },
      field: "guidelines",
      message: `${which} left out: guidelines are text, so that they load nothing from elsewhere and print everywhere. Describe what it shows, or link to it.`,
    },
  ];
}

/** How many pictures a Markdown text asks for. */
function countImages(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => {
    if (token.type === "image") return sum + 1;
    if (token.type === "html" && /<img\b/i.test(token.raw)) return sum + 1;
    const inner = "tokens" in token ? (token.tokens ?? []) : [];
    const items = token.type === "list" ? (token.items as { tokens: Token[] }[]) : [];
    return sum + countImages([...inner, ...items.flatMap((item) => item.tokens)]);
  }, 0);
}

function meaningAdvice(codebook: Codebook): Finding[] {
  const bare = codebook.layers
    .filter((layer) => !layer.archived)
    .flatMap((layer) =>
      selectableLabels(layer)
        .filter((label) => label.definition.trim() === "")
        .map(
          (label): Finding => ({
            kind: "advice",
            place: { kind: "label", layer: layer.key, label: label.key },
            field: "definition",
            message: `“${label.name}” has no definition. Annotators will each give it their own.`,
          }),
        ),
    );
  return bare.slice(0, MOST_OF_A_KIND);
}

function colourAdvice(codebook: Codebook): Finding[] {
  return findConfusions(codebook, MOST_OF_A_KIND).map(({ layer, labels, sentence }) => ({
    kind: "advice",
    place: { kind: "label", layer, label: labels[1] },
    field: "colour",
    message: sentence,
  }));
}
