"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { takeQuiz } from "@/lib/actions/onboarding";
import type { MarkedQuiz } from "@/lib/domain/onboarding/quiz";
import type { OwnOnboarding } from "@/lib/services/onboarding-steps";

/** The quiz: all questions on one page, marked at once, as many tries as are wanted. */
export function QuizStep({
  projectId,
  quiz: { questions, needed, isPassed },
}: {
  projectId: string;
  quiz: NonNullable<OwnOnboarding["quiz"]>;
}) {
  const router = useRouter();
  const [chosen, setChosen] = useState<Record<string, number>>({});
  const [marked, setMarked] = useState<MarkedQuiz | null>(null);
  const verdicts = new Map(marked?.answers.map((each) => [each.id, each]));
  const check = async () => {
    const result = await act(() => takeQuiz({ projectId, chosen }));
    if (result === null) return;
    setMarked(result);
    if (result.isPassed) router.refresh();
  };
  return (
    <>
      <p className="mb-3 text-[13px] text-ink-soft">
        {needed} of {questions.length} right answers pass.
        {isPassed ? " You have passed." : " You may try again as often as you like."}
      </p>
      <ol className="flex flex-col gap-4">
        {questions.map((question, at) => {
          const verdict = verdicts.get(question.id);
          return (
            <li key={question.id}>
              <fieldset>
                <legend className="text-sm font-medium">
                  {at + 1}. {question.words}
                </legend>
                {question.passage ? (
                  <blockquote className="my-1 max-w-prose border-s-2 border-line ps-3 font-serif">
                    {question.passage}
                  </blockquote>
                ) : null}
                {question.options.map((option, place) => (
                  <label key={option} className="flex min-h-6 items-center gap-2 text-sm">
                    <input
                      type="radio"
                      name={`${projectId}-${question.id}`}
                      className="size-4 accent-(--accent)"
                      checked={chosen[question.id] === place}
                      onChange={() => setChosen((before) => ({ ...before, [question.id]: place }))}
                    />
                    <span>{option}</span>
                  </label>
                ))}
                {verdict ? (
                  <p className={verdict.isRight ? "text-[13px] text-good" : "text-[13px] text-bad"}>
                    {verdict.isRight ? "Right." : "Not right."} {verdict.why}
                  </p>
                ) : null}
              </fieldset>
            </li>
          );
        })}
      </ol>
      <div className="mt-4 flex flex-col items-start gap-3" role="status">
        {marked ? (
          <Notice tone={marked.isPassed ? "good" : "warn"}>
            {marked.right} of {marked.asked} right.
            {marked.isPassed ? " You have passed." : ` ${marked.needed} are needed: look again.`}
          </Notice>
        ) : null}
        <Button tone="primary" onClick={() => void check()}>
          Check answers
        </Button>
      </div>
    </>
  );
}
