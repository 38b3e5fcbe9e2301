"use client";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { saveAnswers, withdrawAnswers } from "@/lib/actions/onboarding";
import { type Answer, questionOf } from "@/lib/domain/onboarding/questions";
import type { OwnOnboarding } from "@/lib/services/onboarding-steps";
import { QuestionField } from "./question-field";

type Answers = Record<string, Answer | undefined>;

/** Questions about the annotator: each optional, to be changed or deleted at any time. */
export function QuestionnaireStep({
  projectId,
  questionnaire: { questions, purpose, isOffered, answers: stored },
}: {
  projectId: string;
  questionnaire: NonNullable<OwnOnboarding["questionnaire"]>;
}) {
  const [answers, setAnswers] = useState<Answers>(stored);
  const hasStored = Object.keys(stored).length > 0;
  const save = () =>
    act(() => saveAnswers({ projectId, answers: given(answers) }), { message: "Kept." });
  const remove = async () => {
    const before = stored;
    const removed = await act(() => withdrawAnswers({ projectId }), {
      message: "Your answers are deleted.",
      undo: () => {
        setAnswers(before);
        void act(() => saveAnswers({ projectId, answers: before }));
      },
    });
    if (removed !== null) setAnswers({});
  };
  return (
    <>
      {purpose ? <p className="mb-2 max-w-prose whitespace-pre-wrap text-sm">{purpose}</p> : null}
      <p className="mb-3 max-w-prose text-[13px] text-ink-soft">
        You may leave every question open. Your answers are kept apart from your labels; nobody in
        the project reads them one by one, only in groups of five people or more. You can change or
        delete them here at any time.
      </p>
      <div className="flex flex-col gap-4">
        {questions.map((key) => {
          const question = questionOf(key);
          return question === undefined ? null : (
            <QuestionField
              key={key}
              question={question}
              answer={answers[key]}
              change={(answer) => setAnswers((before) => ({ ...before, [key]: answer }))}
            />
          );
        })}
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button tone="primary" onClick={() => void save()}>
          {isOffered ? "Keep answers" : "Keep answers and go on"}
        </Button>
        {hasStored ? (
          <Button tone="danger" onClick={() => void remove()}>
            Delete my answers
          </Button>
        ) : null}
      </div>
    </>
  );
}

/** Without questions left open, and without empty lines. */
function given(answers: Answers): Record<string, Answer> {
  const kept: Record<string, Answer> = {};
  for (const [key, answer] of Object.entries(answers)) {
    const cleaned = Array.isArray(answer)
      ? answer.map((name) => name.trim()).filter((name) => name !== "")
      : answer;
    if (cleaned === undefined || (Array.isArray(cleaned) && cleaned.length === 0)) continue;
    kept[key] = cleaned;
  }
  return kept;
}
