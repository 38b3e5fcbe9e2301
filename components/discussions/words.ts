import { shorten } from "@/lib/domain/wording";
import type { DiscussionSubject } from "@/lib/services/discussions";

/** What a thread is about, in one line. */
export function subjectWords(
  subject: DiscussionSubject,
  labelName: (layer: string, label: string) => string,
): string {
  switch (subject.kind) {
    case "label":
      return `Label “${labelName(subject.layer, subject.label)}”`;
    case "document":
      return subject.title;
    case "span":
      return `“${shorten(subject.quote, 120)}” in ${subject.title}`;
  }
}

/** A moment as day and time, UTC. */
export function moment(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}
