import type { Measured } from "@/lib/domain/agreement/measured";
import { createRandom, type Random } from "@/lib/domain/agreement/random";
import type { AgreementInput } from "@/lib/domain/agreement/report-types";
import {
  compileDocument,
  nothingLeftOut,
  type SpanDocument,
} from "@/lib/domain/agreement/span-document";
import type { LabelledSpan } from "@/lib/domain/agreement/span-input";

/** Spans per annotator as start, end, label. */
export type Marks = Readonly<Record<string, readonly (readonly [number, number, string])[]>>;

/** The value of a measure that must have one. */
export function valueIn(measure: Measured): number {
  if (measure.value === null) throw new Error(`Undefined: ${measure.reason}`);
  return measure.value;
}

/** The reason of a measure that must have no value. */
export function reasonIn(measure: Measured): string {
  if (measure.value !== null) throw new Error(`It is ${measure.value}.`);
  return measure.reason;
}

/** Spans as objects. */
export function spansFrom(marks: Marks[string]): LabelledSpan[] {
  return marks.map(([start, end, label]) => ({ start, end, label }));
}

/** A document in columns from marks; annotators and labels are numbered by name. */
export function documentFrom(
  length: number,
  marks: Marks,
  tokens?: readonly number[],
): SpanDocument {
  const names = Object.keys(marks).sort();
  const labels = labelsOf([marks]);
  return compileDocument(
    { id: "d", length, ...(tokens ? { tokens } : {}) },
    names.map((name, annotator) => ({ annotator, spans: spansFrom(marks[name] ?? []) })),
    { labels: new Map(labels.map((label, index) => [label, index])), leftOut: nothingLeftOut() },
  );
}

function labelsOf(documents: readonly Marks[]): string[] {
  const all = documents.flatMap((marks) =>
    Object.values(marks).flatMap((list) => list.map((mark) => mark[2])),
  );
  return [...new Set(all)].sort();
}

/** Input of a report from documents of one length with tokens of five characters and a blank. */
export function inputFrom(documents: readonly Marks[], length = 120): AgreementInput {
  const annotators = [...new Set(documents.flatMap((marks) => Object.keys(marks)))].sort();
  const tokens = Array.from({ length: Math.floor(length / 6) }, (_, index) => [
    6 * index,
    6 * index + 5,
  ]).flat();
  return {
    documents: documents.map((_, index) => ({ id: `d${index}`, length, tokens })),
    annotators: annotators.map((id) => ({ id, name: `Name of ${id}` })),
    labels: labelsOf(documents).map((id) => ({ id, name: `Label ${id}` })),
    submissions: documents.flatMap((marks, index) =>
      Object.entries(marks).map(([annotatorId, list]) => ({
        documentId: `d${index}`,
        annotatorId,
        spans: spansFrom(list),
      })),
    ),
  };
}

/** How random marks are made. */
export type MarkPlan = {
  readonly seed: number;
  readonly annotators: number;
  readonly length: number;
  readonly labels: readonly string[];
  /** `apart`: no two spans of an annotator overlap; `any`: they may, also with the same label. */
  readonly layout: "apart" | "any";
};

/** Random marks: a few spans per annotator. */
export function randomMarks(plan: MarkPlan): Marks {
  const random = createRandom(plan.seed);
  const draw = (bound: number) => Math.floor(random() * bound);
  const entries = Array.from({ length: plan.annotators }, (_, index) => [
    `a${index}`,
    plan.layout === "any" ? anyMarks(plan, draw) : marksApart(plan, draw),
  ]);
  return Object.fromEntries(entries);
}

type Draw = (bound: number) => number;

function anyMarks(plan: MarkPlan, draw: Draw): [number, number, string][] {
  return Array.from({ length: draw(8) }, () => {
    const start = draw(plan.length - 1);
    const end = Math.min(plan.length, start + 1 + draw(15));
    return [start, end, plan.labels[draw(plan.labels.length)] ?? ""];
  });
}

function marksApart(plan: MarkPlan, draw: Draw): [number, number, string][] {
  const marks: [number, number, string][] = [];
  for (let at = draw(10); at < plan.length - 1; ) {
    const end = Math.min(plan.length, at + 1 + draw(12));
    marks.push([at, end, plan.labels[draw(plan.labels.length)] ?? ""]);
    at = end + draw(8);
  }
  return marks;
}

/** Many seeds for laws that must hold on any data. */
export const SEEDS = Array.from({ length: 25 }, (_, seed) => seed + 1);

/** A generator for a test. */
export function randomOf(seed: number): Random {
  return createRandom(seed);
}
