import { questionOf } from "@/lib/domain/onboarding/questions";
import { counted } from "@/lib/domain/wording";
import type { AnswerGroups as Groups } from "@/lib/services/onboarding-answers";

/** What annotators said about themselves, in groups; small groups are left out. */
export function AnswerGroups({ groups }: { groups: Groups[] }) {
  return (
    <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
      {groups.map(({ question, told, untold, isOverlapping }) => (
        <div key={question}>
          <dt className="text-sm font-medium">{questionOf(question)?.words}</dt>
          {told.map(({ name, people }) => (
            <dd key={name} className="flex justify-between gap-4 text-sm">
              <bdi>{name}</bdi>
              <span className="tabular-nums">{people}</span>
            </dd>
          ))}
          {untold > 0 ? (
            <dd className="text-[13px] text-ink-soft">
              {isOverlapping
                ? `${counted(untold, "answer")} with fewer than five people in or outside`
                : `${counted(untold, "person", "people")} in groups too small to show`}
            </dd>
          ) : null}
          {told.length === 0 && untold === 0 ? (
            <dd className="text-[13px] text-ink-soft">No answers yet</dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}
