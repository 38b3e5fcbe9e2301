import type { Codebook } from "../codebook/language";
import type { QuizQuestion } from "./settings";

/** A question as it is put: without what is right and why. */
export type AskedQuestion = Omit<QuizQuestion, "right" | "why">;

/** The questions of a quiz without their answers. */
export function askedQuestions(quiz: readonly QuizQuestion[]): AskedQuestion[] {
  return quiz.map(({ id, words, passage, options }) => ({ id, words, passage, options }));
}

/** How one question was answered. What is right is told only where the answer was. */
export type MarkedAnswer = { id: string; isRight: boolean; why: string };

export type MarkedQuiz = {
  right: number;
  asked: number;
  /** Right answers that pass. */
  needed: number;
  isPassed: boolean;
  answers: MarkedAnswer[];
};

/**
 * Marks a quiz; a question without an answer is wrong. Of a wrong answer the reason is told and not
 * the right one, so that the next try still asks for thought.
 */
export function markQuiz(
  quiz: readonly QuizQuestion[],
  chosen: Readonly<Record<string, number>>,
  passShare: number,
): MarkedQuiz {
  const answers = quiz.map(({ id, right, why }) => ({
    id,
    isRight: Object.hasOwn(chosen, id) && chosen[id] === right,
    why,
  }));
  const right = answers.filter(({ isRight }) => isRight).length;
  const needed = neededRight(quiz.length, passShare);
  return { right, asked: quiz.length, needed, isPassed: right >= needed, answers };
}

/** Right answers needed of so many; a share that is not whole counts up. */
export function neededRight(asked: number, passShare: number): number {
  // 0.7 * 10 is a little more than 7 in binary.
  return Math.ceil(asked * passShare - 1e-9);
}

const MOST_OPTIONS = 4;

/**
 * Questions from the examples that a codebook gives for its labels: which label fits? The others to
 * choose from are the labels next to it in its layer.
 */
export function quizFromCodebook({ layers }: Codebook, most = 30): QuizQuestion[] {
  const questions = layers.flatMap((layer) => {
    const usable = layer.labels.filter(({ selectable, archived }) => selectable && !archived);
    const names = [...new Set(usable.map(({ name }) => name))];
    if (names.length < 2) return [];
    return usable.flatMap((label) =>
      label.examples.slice(0, 2).map((passage, index): QuizQuestion => {
        const options = around(names, names.indexOf(label.name));
        return {
          id: `${layer.key}/${label.key}/${index + 1}`.slice(-80),
          words: `Which label fits? (${layer.name})`.slice(0, 500),
          passage: passage.slice(0, 2_000),
          options,
          right: options.indexOf(label.name),
          why: label.definition.slice(0, 1_000),
        };
      }),
    );
  });
  return questions.slice(0, most);
}

/** A few names with the one at a place among them, in their order. */
function around(names: readonly string[], at: number): string[] {
  const first = Math.max(0, Math.min(at - 1, names.length - MOST_OPTIONS));
  return names.slice(first, first + MOST_OPTIONS);
}
