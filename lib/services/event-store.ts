import "server-only";
import { newId } from "@/lib/server/ids";
import type { Queryable } from "./project-store";

/**
 * The events of these names, made where there are none; null names are passed over. The caller holds
 * the project's row. One that was put away comes back.
 */
export async function findOrMakeEvents(
  client: Queryable,
  projectId: string,
  names: readonly (string | null)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(names.filter((name) => name !== null))];
  if (wanted.length === 0) return new Map();
  const { rows } = await client.query<{ id: string; name: string; archived: boolean }>(
    `SELECT DISTINCT ON (name) id, name, archived_at IS NOT NULL AS archived FROM event
      WHERE project_id = $1 AND name = ANY($2::text[]) AND merged_into_id IS NULL
      ORDER BY name, archived_at NULLS FIRST, id`,
    [projectId, wanted],
  );
  const known = new Map(rows.map(({ id, name }) => [name, id]));
  const asleep = rows.filter(({ archived }) => archived).map(({ id }) => id);
  if (asleep.length > 0) {
    await client.query(
      `UPDATE event SET archived_at = NULL WHERE project_id = $1 AND id = ANY($2::uuid[])`,
      [projectId, asleep],
    );
  }
  const missing = wanted.filter((name) => !known.has(name)).map((name) => ({ id: newId(), name }));
  if (missing.length > 0) {
    await client.query(
      `INSERT INTO event (project_id, id, name)
       SELECT $1, r.id, r.name FROM unnest($2::uuid[], $3::text[]) AS r(id, name)`,
      [projectId, missing.map(({ id }) => id), missing.map(({ name }) => name)],
    );
  }
  for (const { id, name } of missing) known.set(name, id);
  return known;
}
