import type { NotePlace } from "../codebook/guideline-note";
import { counted, shorten } from "../wording";
import type { DisputeGroup } from "./dispute-groups";

/** A note as a lead may take it over, and the label whose guideline it belongs to. */
export type ProposedNote = {
  label: string;
  place: NotePlace;
  against: string | null;
  note: string;
};

const MOST_EXAMPLES = 3;

/**
 * Words a note on what a group of disputes teaches: what was decided how often, with examples, and
 * what adjudicators wrote. Null while nothing is decided, since there is nothing to teach yet.
 */
export function proposeNote(
  group: DisputeGroup,
  nameOf: (label: string) => string,
): ProposedNote | null {
  const { first, second, decided, contested } = group;
  if (decided === 0) return null;
  const taken = group.ends[0];
  const told = (lead: string) => {
    const examples = examplesOf(group, taken?.label ?? null).join(", ");
    return [`${lead}${examples === "" ? "." : `: ${examples}.`}`, ...group.notes].join(" ");
  };
  const plain = { place: "definition", against: null } as const;
  if (taken === undefined || contested > taken.times) {
    const against = second === null || second === first ? "nothing" : nameOf(second);
    const note = told(`Between ${nameOf(first)} and ${against} both readings stand`);
    return { ...plain, label: first, note };
  }
  const share = `(${taken.times} of ${counted(decided, "decision")})`;
  if (second === first) {
    return { ...plain, label: first, note: told(`Boundaries and answers as decided ${share}`) };
  }
  if (taken.label === "") {
    const note = told(`Not ${nameOf(first)} ${share}`);
    return { place: "counter_example", against: null, label: first, note };
  }
  const other = taken.label === first ? second : first;
  if (other === null) {
    return { ...plain, label: taken.label, note: told(`Also ${nameOf(taken.label)} ${share}`) };
  }
  const note = told(`Not ${nameOf(other)} but ${nameOf(taken.label)} ${share}`);
  return { place: "not_this", against: taken.label, label: other, note };
}

/** Words that were decided so, each once; where that was never said, the words of the group. */
function examplesOf({ words }: DisputeGroup, label: string | null): string[] {
  const quoted = (list: DisputeGroup["words"]) =>
    list.filter((each) => each.words !== "").map((each) => `“${shorten(each.words, 80)}”`);
  const fitting = words.filter(({ disputes }) =>
    disputes.some(({ end }) =>
      end === null || label === null
        ? false
        : label === ""
          ? end.kind !== "contested" && end.labels.length === 0
          : end.labels.includes(label),
    ),
  );
  const chosen = quoted(fitting).length > 0 ? quoted(fitting) : quoted(words);
  return chosen.slice(0, MOST_EXAMPLES);
}
