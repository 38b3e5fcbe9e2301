"use client";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { type Reading, USUAL_READING } from "@/lib/domain/reading";
import type { Result } from "@/lib/domain/result";

/** Where the page keeps how the person likes to read. */
export type KeepReading = (reading: Reading) => Promise<Result<null>>;

/** How the article is shown; a change shows at once and is kept with the account. */
export function useReading(
  start: Partial<Reading> | undefined,
  keep: KeepReading,
): { reading: Reading; changeReading: (change: Partial<Reading>) => void } {
  const [reading, setReading] = useState<Reading>({ ...USUAL_READING, ...start });
  const changeReading = (change: Partial<Reading>) => {
    const next = { ...reading, ...change };
    setReading(next);
    void act(() => keep(next));
  };
  return { reading, changeReading };
}

/** For the style sheet: attributes of the element around the article. */
export function readingMarks({ size, length, height, names }: Reading, hasRelations: boolean) {
  return {
    "data-size": size,
    "data-length": length,
    "data-height": height,
    "data-names": names || undefined,
    "data-relations": hasRelations || undefined,
  };
}
