import { query } from "./database-query";

/** Publishes content as the next version of a project's codebook, for its round too; answers the number. */
export async function publishCodebook(projectId: string, content: object): Promise<number> {
  const rows = (await query(process.env.FRAMEMARK_TEST_DATABASE ?? "", PUBLISH, [
    projectId,
    JSON.stringify(content),
  ])) as { version: number }[];
  const version = rows[0]?.version;
  if (version === undefined) throw new Error("The project has no published codebook.");
  return version;
}

const PUBLISH = `
WITH old AS (
  UPDATE codebook_version SET state = 'superseded' WHERE project_id = $1 AND state = 'published'
  RETURNING *
), new AS (
  INSERT INTO codebook_version (project_id, id, version, state, name, content, sha256, published_at)
  SELECT $1, gen_random_uuid(), version + 1, 'published', $2::jsonb ->> 'name', $2::jsonb,
         encode(sha256(convert_to($2::text, 'UTF8')), 'hex'), now()
    FROM old
  RETURNING *
), layers AS (
  SELECT new.id AS version_id, l.value AS layer, l.value ->> 'key' AS key, l.ordinality AS at
    FROM new, jsonb_array_elements(new.content -> 'layers') WITH ORDINALITY l
), made_layers AS (
  INSERT INTO layer (project_id, codebook_version_id, key, level, name, position)
  SELECT $1, version_id, key, (layer ->> 'level')::level, layer ->> 'name', at - 1 FROM layers
), made_labels AS (
  INSERT INTO label (project_id, codebook_version_id, layer_key, key, parent_key, name, position,
                     is_archived)
  SELECT $1, version_id, layers.key, x.value ->> 'key', x.value ->> 'parent', x.value ->> 'name',
         x.ordinality - 1, coalesce((x.value ->> 'archived')::boolean, false)
    FROM layers, jsonb_array_elements(layer -> 'labels') WITH ORDINALITY x
), made_attributes AS (
  INSERT INTO attribute (project_id, codebook_version_id, layer_key, key, type, name, position)
  SELECT $1, version_id, layers.key, x.value ->> 'key', x.value ->> 'type', x.value ->> 'name',
         x.ordinality - 1
    FROM layers, jsonb_array_elements(coalesce(layer -> 'attributes', '[]')) WITH ORDINALITY x
), rounds AS (
  UPDATE round SET codebook_version_id = new.id FROM new WHERE round.project_id = $1
)
SELECT version FROM new`;
