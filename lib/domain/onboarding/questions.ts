import { LANGUAGES } from "../languages";

/**
 * Questions about annotators that studies of media bias ask, as templates. Every one may be left
 * open or answered with “prefer not to say”, and none has an answer chosen beforehand.
 */

type Choice = { key: string; name: string };

/** What an answer is: a place on a scale, one or several of a list, or names as lines. */
export type QuestionForm =
  | { kind: "scale"; least: number; most: number; leastName: string; mostName: string }
  | { kind: "one"; choices: readonly Choice[] }
  | { kind: "several"; choices: readonly Choice[] }
  | { kind: "names"; most: number };

export type Question = {
  key: string;
  words: string;
  help?: string;
  /** From which study it is known, where it is. */
  study?: string;
  form: QuestionForm;
};

const choices = (...pairs: (readonly [key: string, name: string])[]): Choice[] =>
  pairs.map(([key, name]) => ({ key, name }));

const LANGUAGE_CHOICES = choices(...LANGUAGES);

const leaning = (reach: number): QuestionForm => ({
  kind: "scale",
  least: -reach,
  most: reach,
  leastName: "very left",
  mostName: "very right",
});

/** All questions that a lead can ask, in the order in which they are shown. */
export const QUESTIONS: readonly Question[] = [
  {
    key: "leaning_20",
    words: "Where do you place yourself politically?",
    help: "From -20 (very left) to 20 (very right); 0 is the middle.",
    study: "BABE",
    form: leaning(20),
  },
  {
    key: "leaning_10",
    words: "Where do you place yourself politically?",
    help: "From -10 (very left) to 10 (very right); 0 is the middle.",
    study: "MBIC",
    form: leaning(10),
  },
  {
    key: "education",
    words: "What is the highest level of education that you completed?",
    form: {
      kind: "one",
      choices: choices(
        ["primary", "Primary school"],
        ["secondary", "Secondary school"],
        ["vocational", "Vocational training"],
        ["bachelor", "Bachelor’s degree"],
        ["master", "Master’s degree"],
        ["doctorate", "Doctorate"],
      ),
    },
  },
  {
    key: "proficiency",
    words: "How well do you read the language of the articles?",
    form: {
      kind: "one",
      choices: choices(
        ["native", "As a first language"],
        ["near_native", "Nearly as a first language"],
        ["advanced", "Well: newspapers are no trouble"],
        ["intermediate", "With some effort"],
        ["basic", "A little"],
      ),
    },
  },
  {
    key: "outlets",
    words: "Which news outlets do you follow?",
    help: "One in a line, as you would name them to a friend.",
    form: { kind: "names", most: 20 },
  },
  {
    key: "frequency",
    words: "How often do you read, watch or hear the news?",
    form: {
      kind: "one",
      choices: choices(
        ["several_daily", "Several times a day"],
        ["daily", "Once a day"],
        ["weekly", "A few times a week"],
        ["monthly", "A few times a month"],
        ["rarely", "Less often"],
      ),
    },
  },
  {
    key: "country",
    words: "In which country do you live?",
    form: { kind: "names", most: 1 },
  },
  {
    key: "languages",
    words: "Which languages do you read?",
    form: { kind: "several", choices: LANGUAGE_CHOICES },
  },
  {
    key: "ties",
    words: "Do you have ties to a party of a conflict that the articles report on?",
    help: "Say only what you wish to.",
    form: {
      kind: "several",
      choices: choices(
        ["none", "No ties"],
        ["lived", "I live or lived there"],
        ["family", "Family or close friends there"],
        ["work", "I work or worked for a party, or for an organisation near it"],
        ["active", "I take part in protest, aid or advocacy"],
      ),
    },
  },
];

export type Answer = number | string | string[] | null;

/** The question of a key, if there is one. */
export function questionOf(key: string): Question | undefined {
  return QUESTIONS.find((each) => each.key === key);
}

const MOST_LETTERS = 80;

/** What is wrong with an answer to a question, in words; null where it is right. `null` is “prefer not to say”. */
export function answerProblem({ form }: Question, answer: Answer): string | null {
  if (answer === null) return null;
  switch (form.kind) {
    case "scale":
      return isOnScale(answer, form)
        ? null
        : `Give a whole number from ${form.least} to ${form.most}.`;
    case "one":
      return form.choices.some(({ key }) => key === answer) ? null : "Choose one of the list.";
    case "several":
      return isChoice(answer, form.choices) ? null : "Choose from the list.";
    case "names":
      return isNames(answer, form.most)
        ? null
        : `Give at most ${form.most}, each of at most ${MOST_LETTERS} letters.`;
  }
}

function isOnScale(answer: Answer, { least, most }: { least: number; most: number }): boolean {
  return Number.isInteger(answer) && Number(answer) >= least && Number(answer) <= most;
}

function isChoice(answer: Answer, offered: readonly Choice[]): boolean {
  if (!Array.isArray(answer) || answer.length === 0) return false;
  const isOffered = answer.every((each) => offered.some(({ key }) => key === each));
  return isOffered && new Set(answer).size === answer.length;
}

function isNames(answer: Answer, most: number): boolean {
  if (!Array.isArray(answer) || answer.length === 0 || answer.length > most) return false;
  return answer.every(({ length }) => length > 0 && length <= MOST_LETTERS);
}

/** The groups that an answer falls into when answers are told in groups, each by its name. */
export function groupsOf({ form }: Question, answer: Answer): string[] {
  if (answer === null) return [];
  if (form.kind === "scale") return typeof answer === "number" ? [bandOf(form, answer)] : [];
  if (form.kind === "names") {
    return Array.isArray(answer) ? [...new Set(answer.map(plainName))] : [];
  }
  const keys = Array.isArray(answer) ? answer : [answer];
  return form.choices.filter(({ key }) => keys.includes(key)).map(({ name }) => name);
}

const BANDS = ["Left", "Left of the middle", "The middle", "Right of the middle", "Right"];

/** One of five bands of a scale, of equal width. */
function bandOf({ least, most }: { least: number; most: number }, at: number): string {
  const index = Math.min(4, Math.floor(((at - least) / (most - least)) * 5));
  return BANDS[index] ?? "The middle";
}

/** Names that differ in case or an article only are one. */
function plainName(name: string): string {
  return name
    .normalize("NFC")
    .trim()
    .toLowerCase()
    .replace(/^the\s+/, "");
}
