import type { Figure } from "@/lib/domain/agreement/report-types";
import type { QualityFlag } from "@/lib/domain/campaign/quality";
import type { Likeness } from "@/lib/domain/campaign/quality-likeness";
import { durationWords } from "@/lib/domain/wording";

/** A share as a percentage: 0.254 as "25 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A figure with two digits, or a dash where there is none. */
export function figure(measure: Figure): string {
  return measure.value === null ? "–" : measure.value.toFixed(2).replace("-", "−");
}

/** Seconds as minutes and seconds: "3:05". */
export function clock(seconds: number | null): string {
  if (seconds === null) return "–";
  const whole = Math.round(seconds);
  if (whole >= 3_600) return durationWords(whole);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** F1 of overlapping spans where there is one, else the part of answers that are the same. */
export function likenessWords({ overlap, answers }: Likeness): string {
  if (overlap.value !== null) return `F1 ${figure(overlap)}`;
  return answers.all === 0 ? "nothing to compare" : `${percent(answers.same / answers.all)} same`;
}

/** What a flag says, for the person who has to look. */
export function flagWords(flag: QualityFlag, labelName: (key: string) => string): string {
  switch (flag.kind) {
    case "fast":
      return `Fast: ${clock(flag.pace)} per 1,000 words, the others ${clock(flag.teamPace)}`;
    case "one_label":
      return `${percent(flag.share)} of all marks are “${labelName(flag.label)}”, of the others’ ${percent(flag.othersShare)}`;
    case "nothing_marked":
      return `Nothing marked in ${percent(flag.share)} of documents, the others in ${percent(flag.othersShare)}`;
    case "drift":
      return `Marks per 1,000 words went from ${flag.from.toFixed(1)} to ${flag.to.toFixed(1)}`;
  }
}

/** The address of the documents behind a figure. */
export function behindHref(
  projectId: string,
  filter: Record<string, string | undefined | null>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined && value !== null) query.set(name, value);
  }
  return `/projects/${projectId}/progress/documents${query.size > 0 ? `?${query}` : ""}`;
}
