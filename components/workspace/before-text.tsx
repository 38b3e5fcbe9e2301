"use client";
import type { ReactNode } from "react";
import type { AnnotationState } from "@/lib/domain/annotation/state";
import { codePoint } from "@/lib/domain/text/offsets";
import type { WorkspaceParts } from "./article-area";
import { useLate } from "./use-late";

/** The article, or in its place the questions that come before it. */
export function BeforeText({
  parts: { codebook, annotator, shown },
  annotations,
  isAsked,
  onRead,
  children,
}: {
  parts: WorkspaceParts;
  annotations: AnnotationState;
  isAsked: boolean;
  onRead: () => void;
  children: ReactNode;
}) {
  const Questions = useLate(isAsked, loadQuestions);
  if (!isAsked) return children;
  if (Questions === null) return <p className="py-4 text-ink-soft">Loading the questions…</p>;
  const place = { start: codePoint(0), end: shown.index.length };
  return <Questions {...{ codebook, annotations, annotator, place, onRead }} />;
}

function loadQuestions() {
  return import("./panels/before-reading").then(({ BeforeReading }) => BeforeReading);
}
