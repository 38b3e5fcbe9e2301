"use client";
import { useEditor } from "../editing/editor-context";
import { type Place, placeId } from "../editing/place";

/** The problem of a field of a place, as a sentence. */
export function useProblem(place: Place): (field: string) => string | undefined {
  const { findings } = useEditor();
  const id = placeId(place);
  const here = findings.filter(
    (finding) => finding.kind === "problem" && placeId(finding.place) === id,
  );
  return (field) => here.find((finding) => finding.field === field)?.message;
}
