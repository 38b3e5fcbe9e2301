import { isStorable } from "../text/storable";
import { type Codebook, codebookSchema } from "./language";
import { placeOf } from "./places";
import { type PathProblem, referenceProblems } from "./references";

/** Something that keeps a codebook from being published; `place` names where in words. */
export type CodebookProblem = PathProblem & { place: string };

/** Most problems that are told at once. */
const MOST = 200;

/** Reads any JSON as a codebook; null with the reasons where it cannot be published as it is. */
export function checkCodebook(content: unknown): {
  codebook: Codebook | null;
  problems: CodebookProblem[];
} {
  const parsed = codebookSchema.safeParse(content);
  const found = parsed.success
    ? [...referenceProblems(parsed.data), ...brokenTexts(parsed.data)]
    : parsed.error.issues.map((issue) => ({
        path: issue.path.filter((step) => typeof step !== "symbol"),
        message: issue.message,
      }));
  const problems = found
    .slice(0, MOST)
    .map((problem) => ({ ...problem, place: placeOf(content, problem.path) }));
  return { codebook: parsed.success && found.length === 0 ? parsed.data : null, problems };
}

/** Texts that a database could not keep as they are. */
export function brokenTexts(value: unknown, path: (string | number)[] = []): PathProblem[] {
  if (typeof value === "string") {
    return isStorable(value)
      ? []
      : [{ path, message: "This text has a broken character. Write it anew." }];
  }
  if (Array.isArray(value)) return value.flatMap((each, at) => brokenTexts(each, [...path, at]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => brokenTexts(each, [...path, key]));
}
