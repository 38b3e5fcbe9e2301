import { type ToldCells, tellCells, tellOverlapping } from "./cells";
import { type Answer, groupsOf, type Question } from "./questions";

/** The cell of those who gave no answer. */
export const UNSAID = "Not said";

/** Whether one person may be in several groups of a question. */
export function isOverlapping({ form }: Question): boolean {
  return form.kind === "several" || form.kind === "names";
}

/** The groups of one question that can be told of so many people, some of whom answered. */
export function tellAnswers(
  question: Question,
  answers: readonly Answer[],
  people: number,
): ToldCells {
  const sizes = new Map<string, number>();
  let said = 0;
  for (const answer of answers) {
    const groups = groupsOf(question, answer);
    if (groups.length > 0) said += 1;
    for (const name of groups) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  }
  const cells = [...sizes].map(([name, size]) => ({ name, people: size }));
  return isOverlapping(question)
    ? tellOverlapping(cells, people)
    : tellCells([...cells, { name: UNSAID, people: people - said }]);
}
