import type { Flag, Relation, SetComment, Span, UnitLabel } from "../annotation/state";
import type { Range } from "../text/offsets";
import type { BlockRole } from "../text/roles";

/** One document version with all that is released of it. Offsets are code points. */
export type ReleaseDocument = {
  /** As others see it. */
  id: string;
  version: number;
  cluster: string;
  split: string | null;
  title: string;
  outlet: string | null;
  author: string | null;
  publishedOn: string | null;
  url: string | null;
  language: string;
  country: string | null;
  section: string | null;
  licence: string | null;
  event: string | null;
  text: string;
  sha256: string;
  length: number;
  tokens: readonly number[];
  sentences: readonly number[];
  blocks: readonly (Range & { role: BlockRole })[];
  entities: readonly { key: string; name: string }[];
  sets: readonly ReleaseSet[];
  gold: GoldSet | null;
};

/** What an annotation set says. Ids are those of the database until they are written. */
type SetContent = {
  setId: string;
  codebookVersion: number;
  flags: readonly Flag[];
  spans: readonly Span[];
  relations: readonly Relation[];
  unitLabels: readonly UnitLabel[];
};

/** One annotator's finished work. */
export type ReleaseSet = SetContent & {
  /** Pseudonym of the release. */
  annotator: string;
  round: string;
  roundPosition: number;
  purpose: "work" | "training" | "gold_check";
  repetition: number;
  batch: number;
  submittedOn: string;
  activeSeconds: number;
  comments: readonly SetComment[];
};

/** The outcome of a finished adjudication. */
export type GoldSet = SetContent & { decisions: readonly GoldDecision[] };

export type GoldDecision = {
  decisionId: string;
  /** Key of the item, see lib/domain/adjudication/items.ts. */
  itemKey: string;
  kind: string;
  rule: string | null;
  reason: string | null;
  /** Pseudonym of who decided. */
  curator: string | null;
  votes: number | null;
  annotators: number | null;
  sourceSpanIds: readonly string[];
  spanId: string | null;
};

/** How things are named in one release. */
export type Naming = {
  /** The released id of something in the database. */
  idOf: (id: string) => string;
  /** `layer/attribute` of answers that people wrote in their own words. */
  freeText: ReadonlySet<string>;
  hasText: boolean;
  keepsFreeText: boolean;
  keepsComments: boolean;
  hasContested: boolean;
};

/**
 * One set for each annotator, for questions that count people: their latest round, first try, and
 * nothing that they found not fit to annotate.
 */
export function countedSets(sets: readonly ReleaseSet[]): ReleaseSet[] {
  const chosen = new Map<string, ReleaseSet>();
  for (const set of sets) {
    if (set.purpose !== "work" || set.flags.includes("not_annotatable")) continue;
    const known = chosen.get(set.annotator);
    const isLater =
      known === undefined ||
      set.roundPosition > known.roundPosition ||
      (set.roundPosition === known.roundPosition && set.repetition < known.repetition);
    if (isLater) chosen.set(set.annotator, set);
  }
  return sets.filter((set) => chosen.get(set.annotator) === set);
}

/** The id under which a label of a unit is released is made from this. */
export function unitLabelId(setId: string, at: UnitLabel): string {
  return `${setId}/${at.layer}/${at.label}/${at.start}-${at.end}${at.entity === undefined ? "" : `/${at.entity}`}`;
}
