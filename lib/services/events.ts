import "server-only";
import { z } from "zod";
import { success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { defineUseCase } from "./use-case";

/** Something that documents of a project report on. */
export type ProjectEvent = { eventId: string; name: string; documents: number };

/** The events of a project by name, so that documents can be put beside each other. */
export const listEvents = defineUseCase({
  name: "listEvents",
  permission: "document.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }) {
    const { rows } = await pool().query<ProjectEvent>(
      `SELECT e.id AS "eventId", e.name,
              (SELECT count(*)::int FROM document d
                WHERE d.project_id = e.project_id AND d.event_id = e.id) AS documents
         FROM event e WHERE e.project_id = $1 ORDER BY e.name, e.id LIMIT 1000`,
      [projectId],
    );
    return success(rows);
  },
});
