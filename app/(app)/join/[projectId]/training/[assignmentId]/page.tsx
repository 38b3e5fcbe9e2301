import { FeedbackView } from "@/components/onboarding/feedback-view";
import { RetryButton } from "@/components/onboarding/retry-button";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { readTrainingFeedback } from "@/lib/services/onboarding-training";

export const metadata = { title: "How it compares" };

type Props = { params: Promise<{ projectId: string; assignmentId: string }> };

/** Feedback on a training document, right after its submission. */
export default async function TrainingPage({ params }: Props) {
  const { assignmentId } = await params;
  const compared = unwrap(await readTrainingFeedback({ assignmentId }));
  const { projectId, title, feedback, notes, names, score, needed } = compared;
  const isBelow = score !== null && score < needed;
  return (
    <main>
      <PageHeader
        title="How it compares"
        actions={
          <>
            <RetryButton assignmentId={assignmentId} />
            <ButtonLink tone={isBelow ? "plain" : "primary"} href={`/join/${projectId}`}>
              Go on
            </ButtonLink>
          </>
        }
      >
        <bdi>{title}</bdi>
        {feedback ? `: ${feedback.found} of ${feedback.inGold} as in the gold.` : null}
      </PageHeader>
      {score !== null && needed > 0 ? (
        <Notice tone={isBelow ? "warn" : "good"} className="mb-4">
          Your agreement with the gold is {Math.floor(score * 100)} % (F1);{" "}
          {Math.floor(needed * 100)} % are asked for.{" "}
          {isBelow ? "Read where you differ, then try again." : "You have passed."}
        </Notice>
      ) : null}
      {feedback === null ? (
        <EmptyState title="There is no gold to compare with yet">
          A lead or an adjudicator makes the gold of this document. What you submitted is kept, and
          the comparison appears here then.
        </EmptyState>
      ) : (
        <FeedbackView feedback={feedback} notes={notes} names={names} />
      )}
    </main>
  );
}
