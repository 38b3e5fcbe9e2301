import "server-only";
import type { Method, Operation } from "./operation";
import { adjudicationOperations } from "./operations/adjudication";
import { agreementOperations } from "./operations/agreement";
import { annotationOperations } from "./operations/annotations";
import { assignmentOperations } from "./operations/assignments";
import { codebookOperations } from "./operations/codebooks";
import { documentOperations } from "./operations/documents";
import { importOperations } from "./operations/imports";
import { jobOperations } from "./operations/jobs";
import { peopleOperations } from "./operations/people";
import { progressOperations } from "./operations/progress";
import { projectOperations } from "./operations/projects";
import { releaseOperations } from "./operations/releases";

/** All that the interface for programs does. Handlers, document and page are made from this. */
export const OPERATIONS: readonly Operation[] = [
  ...projectOperations,
  ...codebookOperations,
  ...documentOperations,
  ...importOperations,
  ...assignmentOperations,
  ...progressOperations,
  ...annotationOperations,
  ...adjudicationOperations,
  ...agreementOperations,
  ...releaseOperations,
  ...peopleOperations,
  ...jobOperations,
];

/** What a path leads to, with the values of its parameters, still to be judged. */
export type Route = {
  operations: Partial<Record<Method, Operation>>;
  params: Record<string, string>;
};

/** The operations at a path below /api/v1, by method; null where there are none. */
export function findRoute(path: string): Route | null {
  for (const [pattern, operations] of PATHS) {
    const match = pattern.exec(path);
    if (match !== null) return { operations, params: { ...match.groups } };
  }
  return null;
}

type Path = [pattern: RegExp, operations: Partial<Record<Method, Operation>>];

/** Fixed words come before parameters, so that /documents/words is not taken for a document. */
const PATHS: readonly Path[] = [...new Set(OPERATIONS.map(({ path }) => path))]
  .sort((a, b) => parameters(a) - parameters(b))
  .map((path) => [
    patternOf(path),
    Object.fromEntries(
      OPERATIONS.filter((each) => each.path === path).map((each) => [each.method, each]),
    ),
  ]);

function parameters(path: string): number {
  return path.split("{").length;
}

function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(".", "\\.").replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return new RegExp(`^${escaped}$`);
}
