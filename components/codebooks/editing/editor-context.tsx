"use client";
import { createContext, useContext } from "react";
import type { Codebook } from "@/lib/domain/codebook/language";
import type { LabelLook } from "@/lib/domain/codebook/looks";
import type { MigrationRule } from "@/lib/domain/codebook/rules";
import type { Finding } from "./findings";
import type { Draft } from "./history";
import type { Edited } from "./parts";
import type { Place } from "./place";

/** What every part of the editor reads and calls. */
export type Editor = {
  codebook: Codebook;
  rules: readonly MigrationRule[];
  /** The version that people annotate by at present; what it holds is archived and never deleted. */
  published: Codebook | null;
  looks: ReadonlyMap<string, LabelLook>;
  /** The keyboard key of each span label, by lookKey. */
  keys: ReadonlyMap<string, string>;
  findings: readonly Finding[];
  place: Place;
  go: (place: Place) => void;
  /** Takes a change; typing in one field (`about`) is undone as one step. */
  edit: (change: (codebook: Codebook) => Codebook, about?: string) => void;
  /** Takes a change and goes to what it is about. */
  apply: (edited: Edited) => void;
  /** Takes a change that says what becomes of annotations. */
  restructure: (draft: Draft, place?: Place) => void;
};

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error("This part stands inside the codebook editor.");
  return editor;
}
