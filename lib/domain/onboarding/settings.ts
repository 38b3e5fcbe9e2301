import { z } from "zod";
import { QUESTIONS } from "./questions";

const words = (most: number) => z.string().trim().min(1, "This is empty.").max(most);

/** A question with several answers, of which one is right. */
const quizQuestionSchema = z
  .strictObject({
    id: z.string().min(1).max(80),
    words: words(500),
    /** Words of an article that the question is about. */
    passage: z.string().max(2_000).default(""),
    options: z
      .array(words(200))
      .min(2, "A question has at least two answers.")
      .max(8, "A question has at most eight answers."),
    /** Place of the right answer. */
    right: z.int().min(0),
    /** Shown after an answer. */
    why: z.string().max(1_000).default(""),
  })
  .refine(({ options, right }) => right < options.length, "Say which answer is right.")
  .refine(
    ({ options }) => new Set(options).size === options.length,
    "Two answers of a question are the same.",
  );
export type QuizQuestion = z.output<typeof quizQuestionSchema>;

/** What annotators of a project pass before they work. */
export const onboardingSettingsSchema = z.strictObject({
  asksConsent: z.boolean().default(false),
  /** Keys of questions asked of annotators about themselves; none means no questionnaire. */
  questions: z
    .array(z.string())
    .max(QUESTIONS.length)
    .refine(
      (keys) =>
        new Set(keys).size === keys.length &&
        keys.every((key) => QUESTIONS.some((each) => each.key === key)),
      "This question is not in the list.",
    )
    .default([]),
  /** Why the questions are asked and what is done with the answers. */
  purpose: z.string().max(2_000).default(""),
  /** Training documents come before any other. */
  trainsFirst: z.boolean().default(false),
  /** Agreement with the gold that each of them must reach; 0 where handing it in is enough. */
  trainingShare: z.number().min(0).max(1).default(0),
  quiz: z
    .array(quizQuestionSchema)
    .max(100)
    .refine(
      (all) => new Set(all.map(({ id }) => id)).size === all.length,
      "Two questions have the same id.",
    )
    .default([]),
  /** Part of the questions that must be right. */
  passShare: z.number().min(0).max(1).default(0.8),
});
export type OnboardingSettings = z.output<typeof onboardingSettingsSchema>;

/** Steps before the work, in order. */
const STEPS = ["consent", "questionnaire", "training", "quiz"] as const;
export type Step = (typeof STEPS)[number];
