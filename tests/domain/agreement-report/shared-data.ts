import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type {
  ReportDocument,
  ReportSet,
  ReportWork,
} from "@/lib/domain/agreement-report/report-work";
import { codebookSchema, type Layer } from "@/lib/domain/codebook/language";
import { codePoint } from "@/lib/domain/text/offsets";

/** Data of other projects that lies beside some checkouts; tests on it run only there. */
const FOLDER = path.join(import.meta.dirname, "../../../../shared");

/** Whether the data are there. */
export function hasShared(...parts: string[]): boolean {
  return existsSync(path.join(FOLDER, ...parts));
}

/** The text of one of their files. */
export function readShared(...parts: string[]): string {
  return readFileSync(path.join(FOLDER, ...parts), "utf8");
}

/** A layer of a codebook. */
export function makeLayer(
  level: "span" | "document",
  keys: readonly string[],
  choice: Layer["choice"] = "one",
): Layer {
  const answers = choice === "each" ? ["yes", "no"].map((key) => ({ key, name: key })) : undefined;
  const [made] = codebookSchema.parse({
    framemark: "codebook/1",
    key: "test",
    name: "Test",
    layers: [
      {
        key: "layer",
        name: "Layer",
        level,
        ...(level === "span" ? {} : { choice, answers }),
        labels: keys.map((key) => ({ key, name: key })),
      },
    ],
  }).layers;
  if (made === undefined) throw new Error("The codebook has a layer.");
  return made;
}

/** A document whose whole text can be marked. */
export function makeDocument(id: string, length: number, tokens: number[] = []): ReportDocument {
  return {
    documentId: id,
    versionId: id,
    length,
    tokens,
    sentences: [],
    annotatable: [{ start: codePoint(0), end: codePoint(length) }],
  };
}

/** A submission. */
export function makeSet(
  versionId: string,
  annotatorId: string,
  content: {
    spans?: readonly (readonly [label: string, start: number, end: number])[];
    answers?: readonly (readonly [label: string, value: string | null])[];
    length?: number;
    round?: number;
    submittedOn?: string;
  },
): ReportSet {
  const { spans = [], answers = [], length = 10, round = 1, submittedOn = "2026-01-05" } = content;
  return {
    versionId,
    annotatorId,
    round: { position: round, name: `Round ${round}` },
    repetition: 0,
    codebookVersion: 1,
    submittedOn,
    spans: spans.map(([label, start, end], index) => ({
      id: String(index),
      layer: "layer",
      label,
      start,
      end,
    })),
    unitLabels: answers.map(([label, value]) => ({
      layer: "layer",
      label,
      unit: "document",
      start: codePoint(0),
      end: codePoint(length),
      value,
      evidence: [],
    })),
  };
}

/** Work in which everything counts. */
export function makeWork(
  documents: readonly ReportDocument[],
  sets: readonly ReportSet[],
): ReportWork {
  const annotators = [...new Set(sets.map(({ annotatorId }) => annotatorId))].sort();
  return { documents, annotators, sets, unfiltered: null, all: sets };
}
