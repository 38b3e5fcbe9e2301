import "server-only";
import { z } from "zod";
import type { AnnotationStateData } from "@/lib/domain/annotation/state";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import { failure, success } from "@/lib/domain/result";
import type { BlockRole } from "@/lib/domain/text/roles";
import { pool } from "@/lib/server/db";
import {
  type GuardedSource,
  guardedSource,
  maskedText,
  shownAnnotations,
  shownWords,
} from "./blind-source";
import { type EntityChoice, readChoices } from "./entities";
import { IS_LET_IN } from "./onboarding-gate";
import { SHOWS_DECISIONS } from "./own-decisions";
import { loadSet } from "./stored-sets";
import { defineUseCase } from "./use-case";

/** All that the workspace shows of one assignment. Offsets are code points. */
export type OpenAssignment = {
  assignmentId: string;
  projectId: string;
  projectName: string;
  round: { name: string; instructions: string };
  state: "assigned" | "in_progress" | "submitted" | "skipped";
  isWithdrawn: boolean;
  /** Whose work this is: operations wait in the browser under this id. */
  userId: string;
  document: {
    title: string;
    outlet: string | null;
    publishedOn: string | null;
    language: string;
    text: string;
    textSha256: string;
    /** Flat [start, end, ...] lists. */
    tokens: number[];
    sentences: number[];
    blocks: { role: BlockRole; start: number; end: number }[];
  };
  codebook: Codebook;
  codebookVersion: number;
  revision: number;
  annotations: AnnotationStateData;
  /** Own documents that still wait in this project, this one left out, in order. */
  waiting: { assignmentId: string; title: string }[];
  /** What opens with the submission: the comparison with the gold, the source that was hidden, what was decided. */
  opensAfter?: ("training" | "source" | "decisions")[];
};

/**
 * Opens one of the caller's own assignments for annotation, with the closed list that questions of the
 * type “entity” offer, which is empty where a name is written. Changes nothing.
 */
export const openAssignment = defineUseCase({
  name: "openAssignment",
  permission: "assignment.work",
  scope: "assignment",
  input: z.strictObject({ assignmentId: z.uuid() }),
  async run({ assignmentId }, { projectId, userId }) {
    const { rows } = await pool().query<Row>(OPEN, [projectId, assignmentId, userId]);
    const row = rows[0];
    if (row === undefined) return failure("not_found", "This assignment has no annotations.");
    if (!row.is_let_in && row.state !== "submitted") return failure("closed", STEPS_FIRST);
    const { source } = row;
    const shown = source.isBlind
      ? await maskedText(projectId, row.document_version_id, source)
      : null;
    const annotations = await loadSet(projectId, row.set_id);
    const opened: OpenAssignment = {
      assignmentId,
      projectId,
      projectName: row.project_name,
      round: { name: row.round_name, instructions: row.instructions },
      state: row.state,
      isWithdrawn: row.is_withdrawn,
      userId,
      document: {
        title: shownWords(row.title, source),
        outlet: source.isBlind ? null : row.outlet,
        publishedOn: source.isBlind ? null : row.published_on,
        language: row.language,
        text: shown?.text.text ?? row.text,
        textSha256: shown?.sha256 ?? row.sha256,
        tokens: row.tokens,
        sentences: row.sentences,
        blocks: row.blocks,
      },
      codebook: codebookSchema.parse(row.content),
      codebookVersion: row.version,
      revision: row.revision,
      annotations: shown === null ? annotations : shownAnnotations(annotations, shown),
      opensAfter: [
        ...(row.is_training ? (["training"] as const) : []),
        ...(source.isBlind ? (["source"] as const) : []),
        ...(row.has_decisions ? (["decisions"] as const) : []),
      ],
      waiting: (row.waiting ?? []).map((each) => ({
        assignmentId: each.assignmentId,
        title: shownWords(each.title, each.source),
      })),
    };
    const entities = await readChoices(projectId, row.document_id);
    return success({
      ...opened,
      entities: entities.map((each) => ({
        ...each,
        name: shownWords(each.name, source),
        aliases: each.aliases.map((alias) => shownWords(alias, source)),
      })),
    } satisfies OpenAssignment & { entities: EntityChoice[] });
  },
});

const STEPS_FIRST =
  "This project asks something of you before you go on with this document. Open your work to see what.";

type Row = {
  is_let_in: boolean;
  is_training: boolean;
  has_decisions: boolean;
  document_id: string;
  document_version_id: string;
  source: GuardedSource;
  project_name: string;
  round_name: string;
  instructions: string;
  state: OpenAssignment["state"];
  is_withdrawn: boolean;
  title: string;
  outlet: string | null;
  published_on: string | null;
  language: string;
  text: string;
  sha256: string;
  tokens: number[];
  sentences: number[];
  blocks: OpenAssignment["document"]["blocks"];
  content: unknown;
  version: number;
  set_id: string;
  revision: number;
  waiting: (OpenAssignment["waiting"][number] & { source: GuardedSource })[] | null;
};

const OPEN = `
SELECT a.document_id, a.document_version_id, ${guardedSource("d", "r")} AS source,
       ${IS_LET_IN} AS is_let_in, (a.purpose = 'training' OR r.kind = 'training') AS is_training,
       ${SHOWS_DECISIONS} AS has_decisions, p.name AS project_name, r.name AS round_name, r.instructions, a.state,
       a.withdrawn_at IS NOT NULL AS is_withdrawn, d.title, d.outlet,
       to_char(d.published_on, 'YYYY-MM-DD') AS published_on, d.language, v.text, v.sha256,
       v.tokens, v.sentences, c.content, c.version, s.id AS set_id, s.revision,
       (SELECT json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                        ORDER BY b.position)
          FROM block b WHERE b.project_id = $1 AND b.document_version_id = v.id) AS blocks,
       (SELECT json_agg(json_build_object('assignmentId', w.id, 'title', w.title, 'source', w.source)
                        ORDER BY w.seq)
          FROM (SELECT o.id, e.title, e.seq, ${guardedSource("e", "q")} AS source FROM assignment o
                  JOIN round q ON q.project_id = o.project_id AND q.id = o.round_id
                  JOIN document e ON e.project_id = o.project_id AND e.id = o.document_id
                 WHERE o.project_id = $1 AND o.annotator_id = a.annotator_id AND o.id <> a.id
                   AND o.state IN ('assigned', 'in_progress') AND o.withdrawn_at IS NULL
                 ORDER BY e.seq LIMIT 50) w) AS waiting
  FROM assignment a
  JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id AND n.user_id = $3
  JOIN project p ON p.id = a.project_id
  JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
  JOIN document_version v ON v.project_id = a.project_id AND v.id = a.document_version_id
  JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
  JOIN codebook_version c ON c.project_id = a.project_id AND c.id = s.codebook_version_id
 WHERE a.project_id = $1 AND a.id = $2`;
