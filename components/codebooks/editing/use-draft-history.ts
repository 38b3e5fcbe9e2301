"use client";
import { useCallback, useReducer } from "react";
import {
  beginHistory,
  type Draft,
  type EditHistory,
  recordEdit,
  redoEdit,
  undoEdit,
} from "./history";

type Act =
  | { do: "edit"; change: (draft: Draft) => Draft; about: string | null; at: number }
  | { do: "undo" }
  | { do: "redo" };

export type DraftHistory = ReturnType<typeof useDraftHistory>;

/** A draft with undo and redo. */
export function useDraftHistory(initial: Draft) {
  const [history, act] = useReducer(reduce, initial, beginHistory);
  const edit = useCallback((change: (draft: Draft) => Draft, about: string | null = null) => {
    act({ do: "edit", change, about, at: Date.now() });
  }, []);
  const undo = useCallback(() => act({ do: "undo" }), []);
  const redo = useCallback(() => act({ do: "redo" }), []);
  return {
    draft: history.present,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    edit,
    undo,
    redo,
  };
}

function reduce(history: EditHistory, act: Act): EditHistory {
  switch (act.do) {
    case "edit":
      return recordEdit(history, act.change(history.present), act);
    case "undo":
      return undoEdit(history);
    case "redo":
      return redoEdit(history);
  }
}
