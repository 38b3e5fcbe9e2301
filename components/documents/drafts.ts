import type { Preview } from "@/lib/services/documents";
import { type Facts, NO_FACTS } from "./facts";

/** A document that is about to be stored. */
export type Draft = {
  id: number;
  /** Name of the file, or how the text came. */
  name: string;
  source: string | Uint8Array;
  facts: Facts;
  reading: { state: "waiting" } | { state: "ready"; preview: Preview } | Refused;
};
type Refused = { state: "refused"; message: string };

/** A document that was stored, or was there already. */
export type StoredDraft = { documentId: string; title: string; isNew: boolean };

export type Desk = { drafts: Draft[]; stored: StoredDraft[] };

export type DeskChange =
  | { kind: "added"; drafts: Pick<Draft, "id" | "name" | "source">[] }
  | { kind: "read"; id: number; reading: Draft["reading"] }
  | { kind: "described"; id: number; facts: Partial<Facts> }
  | { kind: "removed"; id: number }
  | { kind: "stored"; id: number; stored: StoredDraft };

export const EMPTY_DESK: Desk = { drafts: [], stored: [] };

/** The desk after a change; a draft leaves it when it is stored. */
export function changeDesk(desk: Desk, change: DeskChange): Desk {
  switch (change.kind) {
    case "added": {
      const added = change.drafts.map(
        (draft): Draft => ({ ...draft, facts: NO_FACTS, reading: { state: "waiting" } }),
      );
      return { ...desk, drafts: [...desk.drafts, ...added] };
    }
    case "read":
      return changeDraft(desk, change.id, (draft) => ({ ...draft, reading: change.reading }));
    case "described":
      return changeDraft(desk, change.id, (draft) => ({
        ...draft,
        facts: { ...draft.facts, ...change.facts },
      }));
    case "removed":
      return { ...desk, drafts: desk.drafts.filter(({ id }) => id !== change.id) };
    case "stored":
      return {
        drafts: desk.drafts.filter(({ id }) => id !== change.id),
        stored: [...desk.stored, change.stored],
      };
  }
}

function changeDraft(desk: Desk, id: number, change: (draft: Draft) => Draft): Desk {
  return { ...desk, drafts: desk.drafts.map((draft) => (draft.id === id ? change(draft) : draft)) };
}
