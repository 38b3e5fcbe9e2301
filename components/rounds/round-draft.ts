import type { FixedPair } from "@/lib/domain/campaign/fixed-lists";

/** Somebody who can annotate. */
export type Person = { userId: string; name: string; role: string };

/** A document that can be handed out. */
export type PickerDocument = {
  documentId: string;
  title: string;
  outlet: string | null;
  event: string | null;
  words: number;
  rounds: number;
};

/** What the planner's fields hold. Numbers are texts while they are typed. */
export type Draft = {
  name: string;
  kind: "pilot" | "training" | "main" | "reannotation";
  instructions: string;
  opensAt: string;
  closesAt: string;
  /** Empty means the published one. */
  codebookVersionId: string;
  /** Null means every document. */
  documentIds: ReadonlySet<string> | null;
  goldIds: ReadonlySet<string>;
  trainingIds: ReadonlySet<string>;
  userIds: ReadonlySet<string>;
  /** By annotator, the name of their group or nothing. */
  groups: Readonly<Record<string, string>>;
  perGroup: string;
  handOut: "push" | "pull";
  overlapPercent: string;
  overlapAnnotators: string;
  perDocument: string;
  events: "any" | "together" | "apart";
  mostDocuments: string;
  batchSize: string;
  /** Days from one batch to the next; empty gives all at once. */
  batchDays: string;
  /** Who gets what, one pair a line. */
  lists: string;
  fixedOnly: boolean;
  repeatPercent: string;
  repeatAfterDays: string;
  goldEvery: string;
  isSourceBlind: boolean;
  showsDecisions: boolean;
  seed: string;
};

/** A pilot of what nobody has had yet, for all annotators. */
export function startDraft(documents: PickerDocument[], all: number, people: Person[]): Draft {
  const fresh = documents.filter(({ rounds }) => rounds === 0);
  const isFirst = fresh.length === documents.length;
  const annotators = people.filter(({ role }) => role === "annotator");
  const chosen = annotators.length > 0 ? annotators : people;
  return {
    name: isFirst ? "Pilot" : "Main round",
    kind: isFirst ? "pilot" : "main",
    instructions: "",
    opensAt: "",
    closesAt: "",
    codebookVersionId: "",
    documentIds:
      all > documents.length || fresh.length === 0 || isFirst
        ? null
        : new Set(fresh.map(({ documentId }) => documentId)),
    goldIds: new Set(),
    trainingIds: new Set(),
    userIds: new Set(chosen.map(({ userId }) => userId)),
    groups: {},
    perGroup: "1",
    handOut: "push",
    overlapPercent: "100",
    overlapAnnotators: String(Math.min(3, chosen.length)),
    perDocument: "1",
    events: "any",
    mostDocuments: "",
    batchSize: "",
    batchDays: "",
    lists: "",
    fixedOnly: false,
    repeatPercent: "0",
    repeatAfterDays: "14",
    goldEvery: "16",
    isSourceBlind: false,
    showsDecisions: false,
    seed: "1",
  };
}

/** What the use cases take. */
export function planInputOf(projectId: string, draft: Draft, fixed: FixedPair[]) {
  const userIds = [...draft.userIds];
  const names = [...new Set(userIds.flatMap((id) => draft.groups[id]?.trim() || []))];
  return {
    projectId,
    annotators: userIds.map((userId) => {
      const group = draft.groups[userId]?.trim();
      return { userId, groups: group ? [group] : [] };
    }),
    documentIds: draft.documentIds === null ? null : [...draft.documentIds],
    trainingIds: [...draft.trainingIds],
    goldIds: [...draft.goldIds],
    fixed: draft.handOut === "push" ? fixed : [],
    settings: {
      isSourceBlind: draft.isSourceBlind,
      showsDecisions: draft.showsDecisions,
      plan: {
        handOut: draft.handOut,
        seed: draft.seed.trim() || "1",
        perDocument: wholeOr(draft.perDocument, 1),
        overlapShare: wholeOr(draft.overlapPercent, 100) / 100,
        overlapAnnotators:
          draft.overlapAnnotators === "all" ? null : wholeOr(draft.overlapAnnotators, 1),
        groups: names.map((name) => ({ name, perDocument: wholeOr(draft.perGroup, 1) })),
        events: draft.events,
        mostDocuments: draft.mostDocuments.trim() === "" ? null : wholeOr(draft.mostDocuments, 1),
        batchSize: draft.batchSize.trim() === "" ? null : wholeOr(draft.batchSize, 1),
        batchDays:
          draft.handOut === "pull" || draft.batchDays.trim() === ""
            ? null
            : wholeOr(draft.batchDays, 7),
        fixedOnly: draft.handOut === "push" && draft.fixedOnly && fixed.length > 0,
        repeatShare: wholeOr(draft.repeatPercent, 0) / 100,
        repeatAfterDays: wholeOr(draft.repeatAfterDays, 14),
        goldEvery: wholeOr(draft.goldEvery, 16),
      },
    },
  };
}

function wholeOr(text: string, otherwise: number): number {
  const number = Number.parseInt(text, 10);
  return Number.isFinite(number) ? number : otherwise;
}
