import { expect, test } from "vitest";
import { answerProblem, groupsOf, QUESTIONS, questionOf } from "@/lib/domain/onboarding/questions";
import { markQuiz, neededRight, quizFromCodebook } from "@/lib/domain/onboarding/quiz";
import { onboardingSettingsSchema } from "@/lib/domain/onboarding/settings";
import { richCodebook } from "@/tests/support/rich-codebook";

const question = (id: string, right: number) => ({
  id,
  words: "Which label fits?",
  passage: "",
  options: ["one", "two"],
  right,
  why: "because",
});

test("a quiz is passed with its share of right answers, and a gap is wrong", () => {
  const quiz = [question("a", 0), question("b", 1), question("c", 1)];
  expect(markQuiz(quiz, { a: 0, b: 1 }, 0.66)).toMatchObject({
    right: 2,
    asked: 3,
    isPassed: true,
  });
  expect(markQuiz(quiz, { a: 0, b: 0 }, 0.66).isPassed).toBe(false);
  expect(markQuiz(quiz, {}, 0.1).right).toBe(0);
  expect(neededRight(10, 0.7)).toBe(7);
});

test("questions from a codebook are valid, and their right answer is the label of the example", () => {
  const codebook = {
    ...richCodebook,
    layers: richCodebook.layers.map((layer) => ({
      ...layer,
      labels: layer.labels.map((label) => ({ ...label, examples: [`${label.name} at work`] })),
    })),
  };
  const quiz = quizFromCodebook(codebook);
  expect(quiz.length).toBeGreaterThan(3);
  expect(onboardingSettingsSchema.safeParse({ quiz }).success).toBe(true);
  for (const { passage, options, right } of quiz) {
    expect(passage).toBe(`${options[right]} at work`);
  }
});

test("every question can be left unsaid, and only answers of its form are taken", () => {
  for (const each of QUESTIONS) {
    expect(answerProblem(each, null)).toBeNull();
    expect(groupsOf(each, null)).toEqual([]);
    expect(answerProblem(each, "no such answer")).not.toBeNull();
  }
  const leaning = questionOf("leaning_20");
  if (leaning === undefined) throw new Error("no such question");
  expect(answerProblem(leaning, 20)).toBeNull();
  expect(answerProblem(leaning, 21)).not.toBeNull();
  expect([-20, -5, 0, 5, 20].map((at) => groupsOf(leaning, at)[0])).toEqual([
    "Left",
    "Left of the middle",
    "The middle",
    "Right of the middle",
    "Right",
  ]);
});
