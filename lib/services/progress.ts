import "server-only";
import { z } from "zod";
import { expectedEnd, PACE_DAYS, QUALITY_RULES } from "@/lib/domain/campaign/quality";
import { success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { countExclusions } from "./exclusions";
import { pageInput } from "./inputs";
import { IS_OPEN_TO_CALLER } from "./submitted-sets";
import { defineUseCase } from "./use-case";

/** How far one round is. `free` counts what may still be taken from its queue. */
export type RoundProgress = {
  roundId: string;
  name: string;
  position: number;
  assigned: number;
  inProgress: number;
  submitted: number;
  skipped: number;
  free: number;
  /** Documents by how far all their annotators are. */
  waiting: number;
  begun: number;
  done: number;
};

/** How far one annotator is, without withdrawn work. Times are active seconds. */
export type PersonProgress = {
  annotatorId: string;
  name: string;
  pseudonym: string;
  assigned: number;
  inProgress: number;
  submitted: number;
  skipped: number;
  /** Submitted in the last seven days. */
  lately: number;
  activeSeconds: number;
  /** Medians over submitted documents. */
  perDocument: number | null;
  perThousandWords: number | null;
  isExcluded: boolean;
};

export type Progress = {
  rounds: RoundProgress[];
  people: PersonProgress[];
  /** Submissions by day, UTC, of the last four weeks, each day once. */
  days: { day: string; submitted: number }[];
  /** At the pace of the last fourteen days. `endsOn` is a day, UTC. */
  pace: { perDay: number | null; open: number; endsOn: string | null };
  openDiscussions: number;
  excluded: { annotators: number; documents: number };
};

const roundInput = { projectId: z.uuid(), roundId: z.uuid().optional() };

/** How far a project is, or one of its rounds: rounds, people, days and the expected end. */
export const openProgress = defineUseCase({
  name: "openProgress",
  permission: "progress.see",
  scope: "project",
  input: z.strictObject(roundInput),
  async run({ projectId, roundId }, { userId }) {
    const round = roundId ?? null;
    const [rounds, people, days, talk, excluded] = await Promise.all([
      pool().query<RoundProgress>(ROUNDS, [projectId]),
      pool().query<PersonProgress>(PEOPLE, [projectId, round]),
      pool().query<{ day: string; submitted: number; firstAt: Date | null }>(DAYS, [
        projectId,
        round,
      ]),
      pool().query<{ count: number }>(OPEN_DISCUSSIONS, [projectId, userId]),
      countExclusions(projectId),
    ]);
    const counted = rounds.rows.filter((each) => round === null || each.roundId === round);
    const open = counted.reduce(
      (sum, each) => sum + each.assigned + each.inProgress + each.free,
      0,
    );
    return success<Progress>({
      rounds: rounds.rows,
      people: people.rows,
      days: days.rows.map(({ day, submitted }) => ({ day, submitted })),
      pace: { open, ...paceOf(days.rows, open) },
      openDiscussions: talk.rows[0]?.count ?? 0,
      excluded,
    });
  },
});

function paceOf(days: readonly { submitted: number; firstAt: Date | null }[], open: number) {
  const recent = days.slice(-PACE_DAYS);
  const firstAt = recent.find((day) => day.firstAt !== null)?.firstAt?.getTime() ?? null;
  const submitted = recent.reduce((sum, day) => sum + day.submitted, 0);
  const { perDay, endsAt } = expectedEnd({ submitted, firstAt, open, now: Date.now() });
  // Beyond a hundred years there is no day to name.
  const isFar = endsAt !== null && endsAt - Date.now() > 100 * 365 * 24 * 3_600_000;
  return {
    perDay,
    endsOn: endsAt === null || isFar ? null : new Date(endsAt).toISOString().slice(0, 10),
  };
}

const ROUNDS = `
WITH by_document AS (
  SELECT a.round_id, a.document_id,
         count(*) FILTER (WHERE a.state = 'assigned') AS assigned,
         count(*) FILTER (WHERE a.state = 'in_progress') AS in_progress,
         count(*) FILTER (WHERE a.state = 'submitted') AS submitted,
         count(*) FILTER (WHERE a.state = 'skipped') AS skipped
    FROM assignment a
    JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id AND d.archived_at IS NULL
   WHERE a.project_id = $1 AND a.withdrawn_at IS NULL
   GROUP BY a.round_id, a.document_id
), queue AS (
  SELECT q.round_id, q.document_id, q.wanted - q.claimed AS free
    FROM round_document q
    JOIN document d ON d.project_id = q.project_id AND d.id = q.document_id AND d.archived_at IS NULL
   WHERE q.project_id = $1
), joined AS (
  SELECT coalesce(b.round_id, q.round_id) AS round_id, coalesce(b.assigned, 0) AS assigned,
         coalesce(b.in_progress, 0) AS in_progress, coalesce(b.submitted, 0) AS submitted,
         coalesce(b.skipped, 0) AS skipped, coalesce(q.free, 0) AS free
    FROM by_document b FULL JOIN queue q ON q.round_id = b.round_id AND q.document_id = b.document_id
)
SELECT r.id AS "roundId", r.name, r.position,
       coalesce(sum(j.assigned), 0)::int AS assigned, coalesce(sum(j.in_progress), 0)::int AS "inProgress",
       coalesce(sum(j.submitted), 0)::int AS submitted, coalesce(sum(j.skipped), 0)::int AS skipped,
       coalesce(sum(j.free), 0)::int AS free,
       count(*) FILTER (WHERE j.submitted = 0 AND j.in_progress = 0 AND j.assigned + j.free > 0)::int AS waiting,
       count(*) FILTER (WHERE j.in_progress > 0 OR (j.submitted > 0 AND j.assigned + j.free > 0))::int AS begun,
       count(*) FILTER (WHERE j.submitted > 0 AND j.assigned + j.in_progress + j.free = 0)::int AS done
  FROM round r LEFT JOIN joined j ON j.round_id = r.id
 WHERE r.project_id = $1
 GROUP BY r.id, r.name, r.position ORDER BY r.position`;

/** Words of a version, at least one. */
const WORDS = "greatest(coalesce(cardinality(v.tokens), 0) / 2, 1)";

const PEOPLE = `
SELECT n.id AS "annotatorId", coalesce(u.name, n.pseudonym) AS name, n.pseudonym,
       count(*) FILTER (WHERE a.state = 'assigned')::int AS assigned,
       count(*) FILTER (WHERE a.state = 'in_progress')::int AS "inProgress",
       count(*) FILTER (WHERE a.state = 'submitted')::int AS submitted,
       count(*) FILTER (WHERE a.state = 'skipped')::int AS skipped,
       count(*) FILTER (WHERE a.submitted_at > now() - interval '7 days')::int AS lately,
       sum(a.active_seconds)::int AS "activeSeconds",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY a.active_seconds)
         FILTER (WHERE a.state = 'submitted') AS "perDocument",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY a.active_seconds * 1000.0 / ${WORDS})
         FILTER (WHERE a.state = 'submitted') AS "perThousandWords",
       EXISTS (SELECT 1 FROM figure_exclusion x
                WHERE x.project_id = $1 AND x.annotator_id = n.id AND x.lifted_at IS NULL) AS "isExcluded"
  FROM assignment a
  JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id AND d.archived_at IS NULL
  JOIN document_version v ON v.project_id = a.project_id AND v.id = a.document_version_id
  LEFT JOIN "user" u ON u.id = n.user_id
 WHERE a.project_id = $1 AND a.withdrawn_at IS NULL AND ($2::uuid IS NULL OR a.round_id = $2)
 GROUP BY n.id, n.pseudonym, u.name
 ORDER BY coalesce(u.name, n.pseudonym), n.pseudonym`;

const DAYS = `
SELECT to_char(day, 'YYYY-MM-DD') AS day, count(a.id)::int AS submitted, min(a.submitted_at) AS "firstAt"
  FROM generate_series(date_trunc('day', now() AT TIME ZONE 'UTC') - interval '27 days',
                       date_trunc('day', now() AT TIME ZONE 'UTC'), interval '1 day') AS day
  LEFT JOIN assignment a
    ON a.project_id = $1 AND a.withdrawn_at IS NULL AND ($2::uuid IS NULL OR a.round_id = $2)
   AND a.submitted_at > now() - interval '29 days'
   AND date_trunc('day', a.submitted_at AT TIME ZONE 'UTC') = day
 GROUP BY day ORDER BY day`;

const OPEN_DISCUSSIONS = `
SELECT count(*)::int AS count FROM discussion t
  LEFT JOIN document d ON d.project_id = t.project_id AND d.id = t.document_id
 WHERE t.project_id = $1 AND t.resolved_at IS NULL AND (d.id IS NULL OR ${IS_OPEN_TO_CALLER})`;

/** What a list of documents behind a figure holds. */
export const SHOWN_WORK = [
  "all",
  "fast",
  "nothing_marked",
  "gold_check",
  "repeats",
  "training",
] as const;
export type ShownWork = (typeof SHOWN_WORK)[number];

/** One assignment behind a figure. */
export type WorkBehind = {
  assignmentId: string;
  documentId: string;
  title: string;
  annotatorId: string;
  name: string;
  round: string;
  state: "assigned" | "in_progress" | "submitted" | "skipped";
  purpose: "work" | "training" | "gold_check";
  repetition: number;
  words: number;
  activeSeconds: number;
  submittedOn: string | null;
  skipReason: string | null;
  /** Marks and answers; null while the caller has yet to annotate the document. */
  marks: number | null;
  isExcluded: boolean;
};

const PAGE = 100;

/** The documents behind a figure, a hundred at a time, newest submissions first. */
export const listWorkBehind = defineUseCase({
  name: "listWorkBehind",
  permission: "progress.see",
  scope: "project",
  input: z.strictObject({
    ...roundInput,
    annotatorId: z.uuid().optional(),
    state: z.enum(["assigned", "in_progress", "submitted", "skipped"]).optional(),
    show: z.enum(SHOWN_WORK).default("all"),
    /** Only submitted work that carries this label, as layer/label. */
    label: z.string().max(200).optional(),
    day: z.iso.date().optional(),
    after: pageInput,
  }),
  async run({ projectId, roundId, annotatorId, state, show, label, day, after }, { userId }) {
    const skip = Number(after ?? 0);
    const [layer = null, ...rest] = label?.split("/") ?? [];
    const { rows } = await pool().query<WorkBehind>(BEHIND, [
      projectId,
      userId,
      roundId ?? null,
      annotatorId ?? null,
      state ?? null,
      show,
      layer,
      rest.join("/"),
      day ?? null,
      PAGE + 1,
      skip,
      QUALITY_RULES.fastDocumentBelow,
    ]);
    return success({
      rows: rows.slice(0, PAGE),
      next: rows.length > PAGE ? String(skip + PAGE) : null,
    });
  },
});

const BEHIND = `
WITH work AS (
  SELECT a.*, d.title, d.seq, d.id AS doc, ${WORDS} AS words, s.id AS set_id,
         ${IS_OPEN_TO_CALLER} AS is_open
    FROM assignment a
    JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id AND d.archived_at IS NULL
    JOIN document_version v ON v.project_id = a.project_id AND v.id = a.document_version_id
    JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
   WHERE a.project_id = $1 AND a.withdrawn_at IS NULL AND ($3::uuid IS NULL OR a.round_id = $3)
), pace AS (
  SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY active_seconds * 1000.0 / words) AS team
    FROM work WHERE state = 'submitted'
), own_pace AS (
  SELECT annotator_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY active_seconds * 1000.0 / words) AS own
    FROM work WHERE state = 'submitted' GROUP BY annotator_id
), counted AS (
  SELECT w.*,
         CASE WHEN NOT w.is_open AND n.user_id IS DISTINCT FROM $2 THEN NULL ELSE
           (SELECT count(*) FROM span x WHERE x.project_id = $1 AND x.annotation_set_id = w.set_id AND NOT x.is_removed)
         + (SELECT count(*) FROM unit_label x WHERE x.project_id = $1 AND x.annotation_set_id = w.set_id AND NOT x.is_removed)
         END AS marks
    FROM work w JOIN annotator n ON n.project_id = $1 AND n.id = w.annotator_id
)
SELECT w.id AS "assignmentId", w.doc AS "documentId", w.title, n.id AS "annotatorId",
       coalesce(u.name, n.pseudonym) AS name, r.name AS round, w.state, w.purpose, w.repetition,
       w.words, w.active_seconds AS "activeSeconds", w.skip_reason AS "skipReason",
       to_char(w.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "submittedOn", w.marks::int AS marks,
       EXISTS (SELECT 1 FROM figure_exclusion x
                WHERE x.project_id = $1 AND x.lifted_at IS NULL
                  AND (x.annotator_id = n.id OR x.document_id = w.doc)) AS "isExcluded"
  FROM counted w
  CROSS JOIN pace p
  LEFT JOIN own_pace o ON o.annotator_id = w.annotator_id
  JOIN annotator n ON n.project_id = $1 AND n.id = w.annotator_id
  JOIN round r ON r.project_id = $1 AND r.id = w.round_id
  LEFT JOIN "user" u ON u.id = n.user_id
 WHERE ($4::uuid IS NULL OR w.annotator_id = $4) AND ($5::assignment_state IS NULL OR w.state = $5)
   AND CASE $6::text
         WHEN 'fast' THEN w.state = 'submitted'
           AND w.active_seconds * 1000.0 / w.words < least(p.team, o.own) * $12::float8
         WHEN 'nothing_marked' THEN w.state = 'submitted' AND w.marks = 0
         WHEN 'gold_check' THEN w.purpose = 'gold_check'
         WHEN 'training' THEN w.purpose = 'training'
         WHEN 'repeats' THEN EXISTS (SELECT 1 FROM work other
              WHERE other.annotator_id = w.annotator_id AND other.document_id = w.document_id
                AND other.round_id = w.round_id AND other.repetition <> w.repetition)
         ELSE true END
   AND ($7::text IS NULL OR (w.state = 'submitted' AND w.is_open AND (
         EXISTS (SELECT 1 FROM span x WHERE x.project_id = $1 AND x.annotation_set_id = w.set_id
                    AND NOT x.is_removed AND x.layer_key = $7 AND x.label_key = $8)
      OR EXISTS (SELECT 1 FROM unit_label x WHERE x.project_id = $1 AND x.annotation_set_id = w.set_id
                    AND NOT x.is_removed AND x.layer_key = $7 AND x.label_key = $8))))
   AND ($9::date IS NULL OR (w.submitted_at AT TIME ZONE 'UTC')::date = $9)
 ORDER BY w.submitted_at DESC NULLS LAST, w.seq, n.pseudonym, w.repetition
 LIMIT $10 OFFSET $11`;
