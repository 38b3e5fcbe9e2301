import "server-only";
import {
  type OnboardingSettings,
  onboardingSettingsSchema,
} from "@/lib/domain/onboarding/settings";
import { pool } from "@/lib/server/db";

/** What a project asks of annotators before they work; nothing where nobody has set it up. */
export async function readOnboarding(
  projectId: string,
): Promise<{ settings: OnboardingSettings; revision: number }> {
  const { rows } = await pool().query<{ settings: unknown; revision: number }>(
    "SELECT settings, revision FROM onboarding WHERE project_id = $1",
    [projectId],
  );
  const row = rows[0];
  return {
    settings: onboardingSettingsSchema.parse(row?.settings ?? {}),
    revision: row?.revision ?? 0,
  };
}

/** The consent text in force. */
export type ConsentText = { version: number; body: string; publishedOn: string };

/** All versions of a project's consent text, the one in force first. */
export async function readConsentTexts(projectId: string): Promise<ConsentText[]> {
  const { rows } = await pool().query<ConsentText>(
    `SELECT version, body, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "publishedOn"
       FROM consent_text WHERE project_id = $1 ORDER BY version DESC`,
    [projectId],
  );
  return rows;
}

/** Under which pseudonym somebody works in a project; null where they annotate nothing there. */
export async function findAnnotator(projectId: string, userId: string): Promise<string | null> {
  const { rows } = await pool().query<{ id: string }>(
    "SELECT id FROM annotator WHERE project_id = $1 AND user_id = $2",
    [projectId, userId],
  );
  return rows[0]?.id ?? null;
}
