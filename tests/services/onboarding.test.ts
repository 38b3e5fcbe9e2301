import { describe, expect, it } from "vitest";
import type { Result } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { listMyWork, nextAssignment } from "@/lib/services/my-work";
import { openOnboarding, publishConsent, saveOnboarding } from "@/lib/services/onboarding";
import { readAnswerGroups, saveAnswers, withdrawAnswers } from "@/lib/services/onboarding-answers";
import { giveConsent, openSteps, takeQuiz, withdrawConsent } from "@/lib/services/onboarding-steps";
import { readTrainingFeedback, retryTraining } from "@/lib/services/onboarding-training";
import { openAssignment } from "@/lib/services/workspace";
import {
  addSpan,
  type Desk,
  makeDesk,
  makeRichProject,
  operation,
  requiredAnswers,
  send,
} from "./support/annotating";
import { failureFrom, valueFrom } from "./support/answers";
import { makeAssignment, makeDocument, makeMember, type TestUser } from "./support/factories";

const kindOf = (result: Result<unknown>) => failureFrom(result).kind;

type Study = { projectId: string; lead: TestUser; desk: Desk };

const question = {
  id: "q1",
  words: "Which label fits?",
  passage: "a so-called deal",
  options: ["Loaded", "Neutral"],
  right: 0,
  why: "It judges.",
};

async function makeStudy(settings: object): Promise<Study> {
  const projectId = await makeRichProject();
  const lead = await makeMember(projectId, "lead");
  const desk = await makeDesk(projectId);
  valueFrom(await saveOnboarding.as(lead.actor, { projectId, revision: 0, settings }));
  return { projectId, lead, desk };
}

const next = async ({ projectId, desk }: Study) =>
  valueFrom(await nextAssignment.as(desk.annotator.actor, { projectId })).assignmentId;

const step = async ({ projectId, desk }: Study) =>
  valueFrom(await openSteps.as(desk.annotator.actor, { projectId })).next;

const publish = async ({ projectId, lead }: Study, body: string) =>
  valueFrom(await publishConsent.as(lead.actor, { projectId, body })).version;

const consent = ({ projectId, desk }: Study, version: number) =>
  giveConsent.as(desk.annotator.actor, { projectId, version });

async function answersStored({ projectId }: Study): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    "SELECT count(*)::int AS count FROM background_answer WHERE project_id = $1",
    [projectId],
  );
  return rows[0]?.count ?? 0;
}

describe("consent", () => {
  it("comes before the work, again for a new version, and stops the work when withdrawn", {
    timeout: 60_000,
  }, async () => {
    const study = await makeStudy({ asksConsent: true, questions: ["education"] });
    const { projectId, desk, lead } = study;
    const actor = desk.annotator.actor;
    expect(await step(study)).toBe("questionnaire");
    expect(await publish(study, "I agree to A.")).toBe(1);
    expect(await step(study)).toBe("consent");
    expect(await next(study)).toBeNull();
    const open = valueFrom(await listMyWork.as(actor, {})).open;
    expect(open).toEqual([]);
    expect(kindOf(await openAssignment.as(actor, { assignmentId: desk.assignmentId }))).toBe(
      "closed",
    );
    valueFrom(await consent(study, 1));
    valueFrom(await consent(study, 1));
    valueFrom(await saveAnswers.as(actor, { projectId, answers: { education: "master" } }));
    expect(await next(study)).toBe(desk.assignmentId);

    expect(await publish(study, "I agree to B.")).toBe(2);
    expect(await next(study)).toBeNull();
    expect(kindOf(await consent(study, 1))).toBe("conflict");
    valueFrom(await consent(study, 2));
    expect(await next(study)).toBe(desk.assignmentId);

    valueFrom(await withdrawConsent.as(actor, { projectId }));
    expect(await next(study)).toBeNull();
    expect(await answersStored(study)).toBe(0);
    const { people } = valueFrom(await openOnboarding.as(lead.actor, { projectId }));
    const person = people.find(({ userId }) => userId === desk.annotator.userId);
    expect(
      person?.consents.map(({ version, withdrawnOn }) => [version, withdrawnOn !== null]),
    ).toEqual([
      [2, true],
      [1, true],
    ]);
  });

  it("keeps what is marked when a new version comes out meanwhile", async () => {
    const study = await makeStudy({ asksConsent: true });
    await publish(study, "I agree.");
    const answer = await send(study.desk, [operation(addSpan(study.desk, "cleansing"))]);
    expect(answer.results[0]?.outcome).toBe("applied");
  });

  it("is never changed in place", async () => {
    const study = await makeStudy({ asksConsent: true });
    await publish(study, "I agree.");
    await expect(
      pool().query("UPDATE consent_text SET body = 'other' WHERE project_id = $1", [
        study.projectId,
      ]),
    ).rejects.toThrow();
  });
});

describe("answers about oneself", () => {
  it("are optional, one's own, and told in groups of five or more", {
    timeout: 60_000,
  }, async () => {
    const study = await makeStudy({ questions: ["education", "languages"] });
    const { projectId, lead, desk } = study;
    valueFrom(
      await saveAnswers.as(desk.annotator.actor, { projectId, answers: { education: null } }),
    );
    expect(await next(study)).toBe(desk.assignmentId);
    const people: TestUser[] = [];
    for (let at = 0; at < 11; at += 1) {
      const person = await makeMember(projectId, "annotator");
      people.push(person);
      const answers = {
        education: at < 6 ? "master" : "bachelor",
        languages: at < 6 ? ["en"] : ["ar"],
      };
      valueFrom(await saveAnswers.as(person.actor, { projectId, answers }));
    }
    const groups = async () => valueFrom(await readAnswerGroups.as(lead.actor, { projectId }));
    // Lead and the one who would not say are two, hidden with the smallest group beside them.
    expect((await groups())[0]).toMatchObject({
      question: "education",
      told: [{ name: "Master’s degree", people: 6 }],
      untold: 7,
    });
    expect((await groups())[1]?.told.map(({ people: size }) => size)).toEqual([6, 5]);
    const [first] = people;
    if (first === undefined) throw new Error("nobody");
    valueFrom(await withdrawAnswers.as(first.actor, { projectId }));
    const own = valueFrom(await openSteps.as(first.actor, { projectId }));
    expect(own.questionnaire).toMatchObject({ isOffered: true, answers: {} });
    const shown = JSON.stringify(valueFrom(await openOnboarding.as(lead.actor, { projectId })));
    expect(shown).not.toContain("bachelor");
  });

  it("take only what the question offers", async () => {
    const { projectId, desk } = await makeStudy({ questions: ["leaning_20"] });
    const save = (answers: Record<string, unknown>) =>
      saveAnswers.as(desk.annotator.actor, { projectId, answers });
    expect(kindOf(await save({ leaning_20: 21 }))).toBe("invalid");
    expect(kindOf(await save({ education: "master" }))).toBe("invalid");
    valueFrom(await save({ leaning_20: -20 }));
  });
});

describe("training and quiz", () => {
  it("come before the work; feedback compares with the gold and says why", {
    timeout: 60_000,
  }, async () => {
    const study = await makeStudy({ trainsFirst: true, quiz: [question], passShare: 1 });
    const { projectId, desk } = study;
    const actor = desk.annotator.actor;
    const { documentId } = await makeDocument(projectId);
    const work = {
      assignmentId: await makeAssignment(projectId, documentId, desk.annotator.userId),
    };
    await pool().query("UPDATE assignment SET purpose = 'training' WHERE id = $1", [
      desk.assignmentId,
    ]);
    expect(await next(study)).toBe(desk.assignmentId);
    expect(kindOf(await openAssignment.as(actor, { assignmentId: work.assignmentId }))).toBe(
      "closed",
    );
    expect(kindOf(await readTrainingFeedback.as(actor, { assignmentId: desk.assignmentId }))).toBe(
      "closed",
    );

    const add = addSpan(desk, "cleansing");
    await send(desk, [operation(add), ...requiredAnswers(desk), operation({ kind: "submit" })]);
    const goldId = await copyToGold(desk);
    const { feedback, notes } = valueFrom(
      await readTrainingFeedback.as(actor, { assignmentId: desk.assignmentId }),
    );
    expect(feedback?.spans.map(({ verdict }) => verdict)).toEqual(["found"]);
    expect(feedback?.found).toBeGreaterThanOrEqual(1);
    expect(notes).toEqual({});
    expect(goldId).not.toBe(desk.setId);

    expect(await step(study)).toBe("quiz");
    expect(await next(study)).toBeNull();
    const wrong = valueFrom(await takeQuiz.as(actor, { projectId, chosen: { q1: 1 } }));
    expect(wrong).toMatchObject({ isPassed: false, right: 0, needed: 1 });
    const asked = valueFrom(await openSteps.as(actor, { projectId })).quiz;
    expect(JSON.stringify(asked)).not.toContain("It judges.");
    expect(asked?.questions[0]).not.toHaveProperty("right");
    valueFrom(await takeQuiz.as(actor, { projectId, chosen: { q1: 0 } }));
    expect(await step(study)).toBeNull();
    expect(await next(study)).toBe(work.assignmentId);

    valueFrom(await retryTraining.as(actor, { assignmentId: desk.assignmentId }));
    expect(await step(study)).toBeNull();
    expect(kindOf(await retryTraining.as(actor, { assignmentId: work.assignmentId }))).toBe(
      "not_found",
    );
  });
});

describe("a mark that training has to reach", () => {
  it("holds back whoever is below it until a better try, and asks nothing where there is no gold", {
    timeout: 60_000,
  }, async () => {
    const study = await makeStudy({ trainsFirst: true, trainingShare: 1 });
    const { projectId, desk, lead } = study;
    const actor = desk.annotator.actor;
    const { documentId } = await makeDocument(projectId);
    const workId = await makeAssignment(projectId, documentId, desk.annotator.userId);
    await pool().query("UPDATE assignment SET purpose = 'training' WHERE id = $1", [
      desk.assignmentId,
    ]);
    const answers = requiredAnswers(desk);
    await send(desk, [
      operation(addSpan(desk, "cleansing")),
      ...answers,
      operation({ kind: "submit" }),
    ]);
    expect(await step(study)).toBeNull();
    expect(await next(study)).toBe(workId);

    // The gold has the mark and none of the answers.
    await copyToGold(desk);
    expect(await step(study)).toBe("training");
    expect(await next(study)).toBeNull();
    const told = valueFrom(
      await readTrainingFeedback.as(actor, { assignmentId: desk.assignmentId }),
    );
    const score = told.score ?? 0;
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThan(1);
    expect(told.needed).toBe(1);
    const [own] = valueFrom(await openSteps.as(actor, { projectId })).training;
    expect(own?.score).toBeCloseTo(score, 5);
    expect(own?.isPassed).toBe(false);

    const settings = { trainsFirst: true, trainingShare: Math.floor(score * 100) / 100 };
    valueFrom(await saveOnboarding.as(lead.actor, { projectId, revision: 1, settings }));
    expect(await step(study)).toBeNull();
    expect(await next(study)).toBe(workId);
    // A later, worse try takes nothing back.
    valueFrom(await retryTraining.as(actor, { assignmentId: desk.assignmentId }));
    expect(await step(study)).toBeNull();
  });

  it("is compared as soon as the steps are opened, without a look at the feedback", {
    timeout: 60_000,
  }, async () => {
    const study = await makeStudy({ trainsFirst: true, trainingShare: 0.1 });
    const { desk } = study;
    await pool().query("UPDATE assignment SET purpose = 'training' WHERE id = $1", [
      desk.assignmentId,
    ]);
    await send(desk, [
      operation(addSpan(desk, "cleansing")),
      ...requiredAnswers(desk),
      operation({ kind: "submit" }),
    ]);
    await copyToGold(desk);
    expect(await step(study)).toBeNull();
  });
});

it("does not overwrite what another lead stored meanwhile", async () => {
  const { projectId, lead } = await makeStudy({ asksConsent: true });
  const save = (revision: number) =>
    saveOnboarding.as(lead.actor, { projectId, revision, settings: { trainsFirst: true } });
  expect(kindOf(await save(0))).toBe("conflict");
  expect(valueFrom(await save(1)).revision).toBe(2);
});

/** A gold set with what the annotator has. */
async function copyToGold({ projectId, setId }: Desk): Promise<string> {
  const goldId = newId();
  await pool().query(
    `INSERT INTO annotation_set (project_id, id, kind, document_version_id, text_length, codebook_version_id, flags)
     SELECT project_id, $3, 'gold', document_version_id, text_length, codebook_version_id, '{}'
       FROM annotation_set WHERE project_id = $1 AND id = $2`,
    [projectId, setId, goldId],
  );
  await pool().query(
    `INSERT INTO span (project_id, id, annotation_set_id, text_length, codebook_version_id, layer_key,
                       label_key, start, "end", ranges, quotes, attributes, flags, origin)
     SELECT project_id, gen_random_uuid(), $3, text_length, codebook_version_id, layer_key,
            label_key, start, "end", ranges, quotes, attributes, '{}', 'adjudicated'
       FROM span WHERE project_id = $1 AND annotation_set_id = $2`,
    [projectId, setId, goldId],
  );
  return goldId;
}
