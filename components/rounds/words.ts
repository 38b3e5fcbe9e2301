/** What kinds of rounds are called. */
export const KIND_NAMES: Record<string, string> = {
  pilot: "Pilot",
  training: "Training",
  main: "Main",
  reannotation: "Re-annotation",
  adjudication: "Adjudication",
};

/** Why a document gets fewer annotators than planned. */
export const SHORTFALL_REASONS: Record<string, string> = {
  too_few_annotators: "There are not enough annotators.",
  too_few_in_group: "A group has not enough annotators.",
  limits: "The others have reached their limit.",
  event_apart: "The others have another document of the same event.",
};

type Dates = { opensAt: Date | null; closesAt: Date | null };
type Counts = { assigned: number; inProgress: number; submitted: number; free: number };

/** In a word, where a round stands. */
export function stateOf(
  { opensAt, closesAt, ...counts }: Dates & Counts,
  now: Date,
): { word: string; tone: "plain" | "accent" | "good" | "warn" } {
  const left = counts.assigned + counts.inProgress + counts.free;
  if (closesAt !== null && closesAt <= now) return { word: "closed", tone: "plain" };
  if (opensAt !== null && opensAt > now) return { word: "not open yet", tone: "warn" };
  if (left === 0 && counts.submitted > 0) return { word: "complete", tone: "good" };
  return { word: "open", tone: "accent" };
}
