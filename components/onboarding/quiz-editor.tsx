"use client";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { TextArea, TextField } from "@/components/ui/field";
import { proposeQuiz } from "@/lib/actions/onboarding";
import type { QuizQuestion } from "@/lib/domain/onboarding/settings";

type Props = {
  projectId: string;
  quiz: QuizQuestion[];
  change: (quiz: QuizQuestion[]) => void;
};

/** The questions of the quiz: written here, or taken from the codebook's examples and changed. */
export function QuizEditor({ projectId, quiz, change }: Props) {
  const replace = (at: number, question: QuizQuestion) =>
    change(quiz.map((each, index) => (index === at ? question : each)));
  const propose = async () => {
    const proposed = await act(() => proposeQuiz({ projectId }));
    if (proposed === null) return;
    const known = new Set(quiz.map(({ id }) => id));
    change([...quiz, ...proposed.filter(({ id }) => !known.has(id))].slice(0, 100));
  };
  const add = () =>
    change([
      ...quiz,
      {
        id: crypto.randomUUID(),
        words: "Which label fits?",
        passage: "",
        options: ["First answer", "Second answer"],
        right: 0,
        why: "",
      },
    ]);
  return (
    <div className="flex flex-col gap-4">
      {quiz.map((question, at) => (
        <QuestionEditor
          key={question.id}
          number={at + 1}
          question={question}
          change={(next) => replace(at, next)}
          remove={() => change(quiz.filter((_, index) => index !== at))}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={add}>
          Add a question
        </Button>
        <Button size="small" onClick={() => void propose()}>
          Take from the codebook’s examples
        </Button>
      </div>
    </div>
  );
}

function QuestionEditor({
  number,
  question,
  change,
  remove,
}: {
  number: number;
  question: QuizQuestion;
  change: (question: QuizQuestion) => void;
  remove: () => void;
}) {
  const { id, words, passage, options, right, why } = question;
  return (
    <fieldset className="flex flex-col gap-2 rounded-md border border-line p-3">
      <legend className="px-1 text-[13px] font-medium">Question {number}</legend>
      <TextField
        label="Question"
        maxLength={500}
        value={words}
        onChange={({ target }) => change({ ...question, words: target.value })}
      />
      <TextArea
        label="Words of an article, if it is about some"
        rows={2}
        maxLength={2_000}
        value={passage}
        onChange={({ target }) => change({ ...question, passage: target.value })}
      />
      <TextArea
        label="Answers, one in a line"
        rows={Math.max(2, options.length)}
        value={options.join("\n")}
        onChange={({ target }) => {
          const next = target.value.split("\n").slice(0, 8);
          change({ ...question, options: next, right: Math.min(right, next.length - 1) });
        }}
      />
      <div role="radiogroup" aria-label={`Right answer to question ${number}`}>
        <span className="text-[13px] font-medium">Right answer</span>
        {options.map((option, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: answers have no key but their place
          <label key={place} className="flex min-h-6 items-center gap-2 text-sm">
            <input
              type="radio"
              name={`right-${id}`}
              className="size-4 accent-(--accent)"
              checked={place === right}
              onChange={() => change({ ...question, right: place })}
            />
            <span>{option}</span>
          </label>
        ))}
      </div>
      <TextField
        label="Why, shown after an answer"
        maxLength={1_000}
        value={why}
        onChange={({ target }) => change({ ...question, why: target.value })}
      />
      <Button size="small" tone="quiet" className="self-start" onClick={remove}>
        Remove
      </Button>
    </fieldset>
  );
}
