import "server-only";
import { z } from "zod";
import { quizFromCodebook } from "@/lib/domain/onboarding/quiz";
import {
  type OnboardingSettings,
  onboardingSettingsSchema,
  type QuizQuestion,
  type Step,
} from "@/lib/domain/onboarding/settings";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { recordAudit } from "./audit";
import { findVersion } from "./codebook-store";
import { proseInput } from "./inputs";
import { NEXT_STEP } from "./onboarding-gate";
import { type ConsentText, readConsentTexts, readOnboarding } from "./onboarding-store";
import { inLiveProject } from "./project-store";
import { defineUseCase } from "./use-case";

/** One consent of one person to one version. */
export type GivenConsent = { version: number; givenOn: string; withdrawnOn: string | null };

/** How far a member who may annotate has come. */
export type PersonOnboarding = {
  userId: string;
  name: string;
  /** What they pass next; null when they may work. */
  next: Step | null;
  consents: GivenConsent[];
  quizTries: number;
};

export type OpenedOnboarding = {
  settings: OnboardingSettings;
  /** To be sent back with changes; 0 where nothing is stored. */
  revision: number;
  texts: ConsentText[];
  people: PersonOnboarding[];
};

/** What a project asks of annotators, and who has passed what. No answer about anybody is in it. */
export const openOnboarding = defineUseCase({
  name: "openOnboarding",
  permission: "onboarding.set_up",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }) {
    const [stored, texts, people] = await Promise.all([
      readOnboarding(projectId),
      readConsentTexts(projectId),
      pool().query<PersonOnboarding>(PEOPLE, [projectId]),
    ]);
    return success<OpenedOnboarding>({ ...stored, texts, people: people.rows });
  },
});

const PEOPLE = `
SELECT u.id AS "userId", u.name, ${NEXT_STEP} AS next,
       (SELECT coalesce(json_agg(json_build_object('version', c.version,
                 'givenOn', to_char(c.given_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'),
                 'withdrawnOn', to_char(c.withdrawn_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
                 ORDER BY c.version DESC, c.given_at DESC), '[]')
          FROM consent c WHERE c.project_id = n.project_id AND c.annotator_id = n.id) AS consents,
       (SELECT count(*)::int FROM quiz_attempt q
         WHERE q.project_id = n.project_id AND q.annotator_id = n.id) AS "quizTries"
  FROM annotator n
  JOIN membership m
    ON m.project_id = n.project_id AND m.user_id = n.user_id AND m.ended_at IS NULL
  JOIN "user" u ON u.id = n.user_id
 WHERE n.project_id = $1
 ORDER BY u.name, u.id`;

/** Stores what annotators pass before they work; refused where somebody else stored something meanwhile. */
export const saveOnboarding = defineUseCase({
  name: "saveOnboarding",
  permission: "onboarding.set_up",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    revision: z.int().min(0),
    settings: onboardingSettingsSchema,
  }),
  async run({ projectId, revision, settings }, caller): Promise<Result<{ revision: number }>> {
    const saved = await inLiveProject(projectId, async (tx): Promise<Result<object>> => {
      const stored = JSON.stringify(settings);
      const rows = await tx.$executeRaw`
        INSERT INTO onboarding AS o (project_id, revision, settings, updated_by_id)
        SELECT ${projectId}::uuid, 1, ${stored}::jsonb, ${caller.userId}::uuid
         WHERE ${revision}::int = 0
            OR EXISTS (SELECT 1 FROM onboarding WHERE project_id = ${projectId}::uuid)
        ON CONFLICT (project_id) DO UPDATE
          SET revision = o.revision + 1, settings = excluded.settings,
              updated_by_id = excluded.updated_by_id, updated_at = now()
        WHERE o.revision = ${revision}::int`;
      return rows === 1
        ? success({})
        : failure(
            "conflict",
            "Somebody else changed this meanwhile. Reload the page; what you wrote is gone then.",
          );
    });
    if (!saved.ok) return saved;
    await recordAudit(caller, {
      action: "onboarding.changed",
      targetType: "project",
      targetId: projectId,
      detail: {
        asksConsent: settings.asksConsent,
        questions: settings.questions.length,
        quiz: settings.quiz.length,
        trainsFirst: settings.trainsFirst,
      },
    });
    return success({ revision: revision + 1 });
  },
});

/** Publishes a new version of the consent text, which asks everybody again. */
export const publishConsent = defineUseCase({
  name: "publishConsent",
  permission: "onboarding.set_up",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    body: proseInput(20_000).refine(
      (text) => text.trim() !== "",
      "Write what annotators consent to.",
    ),
  }),
  async run({ projectId, body }, caller): Promise<Result<{ version: number }>> {
    const published = await inLiveProject(projectId, async (tx) => {
      const last = await tx.consentText.aggregate({
        where: { projectId },
        _max: { version: true },
      });
      const version = (last._max.version ?? 0) + 1;
      await tx.consentText.create({
        data: { projectId, version, body, createdById: caller.userId },
      });
      return success({ version });
    });
    if (!published.ok) return published;
    await recordAudit(caller, {
      action: "consent.published",
      targetType: "project",
      targetId: projectId,
      detail: { version: published.value.version },
    });
    return published;
  },
});

/** Questions made of the examples in the codebook in force, for the lead to choose from. */
export const proposeQuiz = defineUseCase({
  name: "proposeQuiz",
  permission: "onboarding.set_up",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }): Promise<Result<QuizQuestion[]>> {
    const version = await findVersion(projectId);
    if (version === null) {
      return failure(
        "not_found",
        "Publish the codebook first: the questions come from its examples.",
      );
    }
    return success(quizFromCodebook(version.codebook));
  },
});
