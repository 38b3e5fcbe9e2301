import { LEAST_IN_CELL, tellCells } from "../onboarding/cells";
import { type Answer, groupsOf, type Question } from "../onboarding/questions";

/** What somebody who consented said about themselves, by question. */
export type Background = {
  annotator: string;
  answers: Readonly<Record<string, Answer>>;
};

/** What is told of annotators, each under the pseudonym of the release. */
export type ToldBackground = {
  /** Questions that are told, in order. */
  questions: readonly Question[];
  /** Bands by annotator and question; who is not in it is told nothing of. */
  bands: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** People who consented and answered, and those of whom something is told. */
  answered: number;
  told: number;
  /** Questions that were answered and are not told, as too few people share a combination. */
  left: readonly Question[];
};

const UNSAID = "not said";

/**
 * Answers in bands, so that at least five people share each combination that is told, and none comes out
 * by subtraction. Questions are added one after the other while something can still be told of half of the
 * people; questions with several answers, or with names, are never told of single people.
 */
export function tellBackground(
  people: readonly Background[],
  questions: readonly Question[],
): ToldBackground {
  const answered = people.filter(({ answers }) =>
    questions.some((question) => bandOf(question, answers) !== UNSAID),
  );
  const usable = questions.filter(
    (question) =>
      isSingle(question) && answered.some(({ answers }) => bandOf(question, answers) !== UNSAID),
  );
  let chosen: Question[] = [];
  let told = new Set<string>();
  for (const question of usable) {
    const more = [...chosen, question];
    const found = tellable(answered, more);
    if (found.size < LEAST_IN_CELL || found.size * 2 < answered.length) continue;
    chosen = more;
    told = found;
  }
  const bands = answered
    .filter(({ annotator }) => told.has(annotator))
    .map(({ annotator, answers }): [string, Record<string, string>] => [
      annotator,
      Object.fromEntries(chosen.map((question) => [question.key, bandOf(question, answers)])),
    ]);
  return {
    questions: chosen,
    bands: new Map(bands),
    answered: answered.length,
    told: told.size,
    left: usable.filter((question) => !chosen.includes(question)),
  };
}

function isSingle({ form }: Question): boolean {
  return form.kind === "scale" || form.kind === "one";
}

function bandOf(question: Question, answers: Background["answers"]): string {
  return groupsOf(question, answers[question.key] ?? null)[0] ?? UNSAID;
}

/** Who is in a combination that can be told. */
function tellable(people: readonly Background[], questions: readonly Question[]): Set<string> {
  const cells = new Map<string, string[]>();
  for (const { annotator, answers } of people) {
    const combination = JSON.stringify(questions.map((question) => bandOf(question, answers)));
    cells.set(combination, [...(cells.get(combination) ?? []), annotator]);
  }
  const { told } = tellCells([...cells].map(([name, all]) => ({ name, people: all.length })));
  return new Set(told.flatMap(({ name }) => cells.get(name) ?? []));
}

/** What the papers of a release say of its annotators' background. */
export function backgroundSentence(background: ToldBackground | null): string {
  if (background === null) return "No background of annotators is in this release.";
  const { questions, told, answered } = background;
  if (questions.length === 0) {
    return `${answered} annotators consented to questions about themselves; too few share an answer for any to be told.`;
  }
  const asked = questions.map(({ words }) => `“${words}”`).join(" ");
  return `Background in bands is in annotators.csv for ${told} of ${answered} annotators who consented: ${asked} At least ${LEAST_IN_CELL} people share each combination.`;
}
