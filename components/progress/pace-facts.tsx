import Link from "next/link";
import { PACE_DAYS, QUALITY_RULES } from "@/lib/domain/campaign/quality";
import { counted } from "@/lib/domain/wording";
import type { Progress } from "@/lib/services/progress";

/** How fast the team is, when it would end, and what is being talked about. */
export function PaceFacts({ projectId, progress }: { projectId: string; progress: Progress }) {
  const { perDay, open, endsOn } = progress.pace;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
      <dt className="text-ink-soft">Open</dt>
      <dd className="font-medium tabular-nums">{counted(open, "assignment")}</dd>
      <dt className="text-ink-soft">Submitted a day</dt>
      <dd className="font-medium tabular-nums">
        {perDay === null ? "none lately" : perDay.toFixed(1)}
      </dd>
      <dt className="text-ink-soft">Expected end</dt>
      <dd>
        <span className="font-medium tabular-nums">
          {open === 0 ? "all is submitted" : (endsOn ?? "not to be said yet")}
        </span>
        <div className="text-[13px] text-ink-soft">at the pace of the last {PACE_DAYS} days</div>
      </dd>
      <dt className="text-ink-soft">Open discussions</dt>
      <dd>
        <Link
          className="font-medium tabular-nums underline decoration-line-strong underline-offset-2"
          href={`/projects/${projectId}/discussions`}
        >
          {progress.openDiscussions}
        </Link>
      </dd>
    </dl>
  );
}

/** When something is set off, in words. */
export function QualityRules() {
  const { fastBelow, fewestDocuments, oneLabelFrom, fewestMarks, emptyFrom, driftBy } =
    QUALITY_RULES;
  const inPercent = (share: number) => `${Math.round(share * 100)} %`;
  return (
    <details className="mt-2 max-w-prose text-[13px] text-ink-soft">
      <summary className="cursor-pointer py-1">When something is to be looked at</summary>
      <ul className="list-disc ps-5">
        <li>
          Fast: the median time per 1,000 words is below {inPercent(fastBelow)} of the median of the
          others, from {fewestDocuments} documents on.
        </li>
        <li>
          One label: {inPercent(oneLabelFrom)} or more of at least {fewestMarks} marks, and far more
          than among the others.
        </li>
        <li>
          Nothing marked: in {inPercent(emptyFrom)} or more of the documents, and far more often
          than the others.
        </li>
        <li>
          Over time: marks per 1,000 words at the end and at the beginning differ by a factor of{" "}
          {driftBy}.
        </li>
        <li>Gold and repeats: F1 of overlapping spans with the same label.</li>
      </ul>
      <p>These say where to look. They prove nothing, and leave nobody out by themselves.</p>
    </details>
  );
}
