import type { IntervalFigure } from "../agreement/report-types";
import type { Codebook, Layer } from "../codebook/language";
import { isOverlapping, tellAnswers, UNSAID } from "../onboarding/answer-groups";
import { LEAST_IN_CELL } from "../onboarding/cells";
import { type Answer, groupsOf, type Question } from "../onboarding/questions";
import type { AgreementChoice } from "./choice";
import { reportedLayers } from "./layers";
import { comparedDocuments, type ReportSet, type ReportWork } from "./report-work";
import { spanHeadline } from "./span-report";
import { unitHeadline } from "./unit-report";

/** Somebody who consented to questions about themselves, and what they answered. */
export type Respondent = {
  readonly annotator: string;
  readonly answers: Readonly<Record<string, Answer>>;
};

/** A layer's headline within one group, with its interval where there is one. */
export type GroupFigure = {
  readonly layer: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Why there is no value. */
  readonly because: string;
};

/** Agreement within the groups of one question that can be told. Nothing says who is in which. */
export type QuestionGroups = {
  readonly question: string;
  readonly words: string;
  readonly groups: readonly {
    readonly name: string;
    readonly people: number;
    readonly figures: readonly GroupFigure[];
  }[];
};

/** Why a group that is told has no figure. */
const FEW_COMPARED = `Fewer than ${LEAST_IN_CELL} of the group annotated a document that another of them annotated too.`;

/**
 * Agreement within each group of annotators that answered a question alike. Groups are told by the rule
 * that holds for answers everywhere: five people or more, and none by subtraction. `work` must not depend
 * on who or what somebody took out by hand, or a group would show by taking one person away.
 */
export function agreementByGroup(
  codebook: Pick<Codebook, "layers">,
  work: ReportWork,
  {
    choice,
    people,
    questions,
  }: {
    choice: AgreementChoice;
    people: readonly Respondent[];
    questions: readonly Question[];
  },
): QuestionGroups[] {
  const present = new Set(work.sets.map(({ annotatorId }) => annotatorId));
  const asked = people.filter(({ annotator }) => present.has(annotator));
  const layers = reportedLayers(codebook);
  return questions.flatMap((question) => {
    const answers = asked.map((own) => own.answers[question.key] ?? null);
    const told = tellAnswers(question, answers, asked.length).told.filter(
      ({ name }) => isOverlapping(question) || name !== UNSAID,
    );
    if (told.length === 0) return [];
    const groups = told.map((cell) => {
      const members = new Set(
        asked.flatMap(({ annotator }, index) =>
          groupsOf(question, answers[index] ?? null).includes(cell.name) ? [annotator] : [],
        ),
      );
      const sets = work.sets.filter(({ annotatorId }) => members.has(annotatorId));
      return { ...cell, figures: figuresOf(layers, work, { sets, choice }) };
    });
    return [{ question: question.key, words: question.words, groups }];
  });
}

function figuresOf(
  layers: readonly Layer[],
  work: ReportWork,
  { sets, choice }: { sets: readonly ReportSet[]; choice: AgreementChoice },
): GroupFigure[] {
  const compared = comparedDocuments(work, sets);
  const people = new Set(
    compared.flatMap((each) => each.sets.map(({ annotatorId }) => annotatorId)),
  );
  return layers.map((layer) => {
    if (people.size < LEAST_IN_CELL) {
      return { layer: layer.key, value: null, low: null, high: null, because: FEW_COMPARED };
    }
    const headline = layer.level === "span" ? spanHeadline : unitHeadline;
    return { layer: layer.key, ...rounded(headline(layer, work, { sets, choice })) };
  });
}

/** Ends of intervals are told in steps of one twentieth. */
const STEPS = 20;

/**
 * Two decimals, and ends in steps of 0.05, outwards: whoever has all annotations could try out which people give
 * a figure, and the finer it is, the fewer fit.
 */
function rounded(figure: IntervalFigure): Omit<GroupFigure, "layer"> {
  if (figure.value === null) {
    return { value: null, low: null, high: null, because: figure.because };
  }
  const { low, high } = { high: null, ...figure.interval };
  return {
    value: Math.round(figure.value * 100) / 100,
    low: low === null ? null : Math.floor(low * STEPS) / STEPS,
    high: high === null ? null : Math.ceil(high * STEPS) / STEPS,
    because: "",
  };
}
