import "server-only";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import type { Caller } from "./use-case";

/** Project of events that concern the whole instance. */
const INSTANCE = "00000000-0000-0000-0000-000000000000";

/** Notes an act in the append-only log. Never the text of documents, passwords or tokens. */
export async function recordAudit(
  caller: Pick<Caller, "userId" | "sessionId" | "projectId" | "token">,
  event: {
    action: string;
    targetType: string;
    targetId?: string;
    detail?: Record<string, string | number | boolean | null>;
  },
): Promise<void> {
  await pool().query(
    `INSERT INTO audit_event (project_id, id, actor_id, session_id, action, target_type, target_id, detail)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      caller.projectId || INSTANCE,
      newId(),
      caller.userId || null,
      caller.sessionId,
      event.action,
      event.targetType,
      event.targetId ?? null,
      JSON.stringify(
        caller.token === undefined
          ? (event.detail ?? {})
          : { ...event.detail, tokenId: caller.token.tokenId },
      ),
    ],
  );
}
