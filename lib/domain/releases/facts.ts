import type { ToldBackground } from "./background";
import type { ReleaseSettings } from "./settings";
import type { ReleaseTally } from "./tally";

/** A file of a release. */
export type ReleaseFile = { path: string; bytes: number; sha256: string };

/** What the documents that accompany a release are written from. */
export type ReleaseFacts = {
  projectName: string;
  projectDescription: string;
  /** 1 for the first release of a project. */
  version: number;
  name: string;
  /** Day on which it was frozen. */
  day: string;
  settings: ReleaseSettings;
  tally: ReleaseTally;
  /** Versions of the codebook in use, newest first. */
  codebooks: readonly CodebookFacts[];
  rounds: readonly string[];
  software: string;
  /** Of annotators; null where the release tells none. */
  background: ToldBackground | null;
};

export type CodebookFacts = {
  version: number;
  name: string;
  description: string;
  citation: string;
  guidelines: string;
  layers: readonly { key: string; name: string; level: string; labels: number }[];
};

/** What a release is called in citations. */
export function titleOf({ projectName, version, name }: ReleaseFacts): string {
  return `${projectName}, release ${version}${name === "" ? "" : ` (${name})`}`;
}

/** A text for Markdown in which nothing of a person's words is taken for mark-up of ours. */
export function toMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`);
}

/** A text for one line of YAML. */
export function toYaml(text: string): string {
  return JSON.stringify(text);
}

/** A table of Markdown. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A prose that a lead wrote, or what says that nothing was written. */
export function proseOr(text: string, otherwise: string): string {
  return text.trim() === "" ? otherwise : text.trim();
}
