import "server-only";
import { z } from "zod";
import { type OwnDecision, ownDecisions } from "@/lib/domain/adjudication/own-decisions";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import { failure, type Result, success } from "@/lib/domain/result";
import { codePoint, indexText, type Range } from "@/lib/domain/text/offsets";
import { wholeAfter, wholeBefore } from "@/lib/domain/text/surroundings";
import { pool } from "@/lib/server/db";
import { type GuardedSource, guardedSource, maskedText, shownWords } from "./blind-source";
import { readDecisions } from "./decision-store";
import { type Frozen, readFrozenItems } from "./frozen-items";
import { loadSet } from "./stored-sets";
import { defineUseCase } from "./use-case";

/**
 * SQL: the annotator of a set `s` of an assignment `a` in a round `r` may see what was decided. The
 * round says so, the document was submitted and its adjudication, which rests on this set, is finished,
 * and the same person does not have the document before them once more.
 */
export const SHOWS_DECISIONS = `
  (a.state = 'submitted' AND a.withdrawn_at IS NULL
   AND coalesce((r.settings ->> 'showsDecisions')::boolean, false)
   AND EXISTS (
     SELECT 1 FROM adjudication done
      WHERE done.project_id = s.project_id AND done.document_version_id = s.document_version_id
        AND done.state = 'finished'
        AND done.snapshot @> jsonb_build_array(jsonb_build_object('setId', s.id)))
   AND NOT EXISTS (
     SELECT 1 FROM assignment again
      WHERE again.project_id = a.project_id AND again.document_id = a.document_id
        AND again.annotator_id = a.annotator_id AND again.state <> 'submitted'
        AND again.withdrawn_at IS NULL))`;

/** A decision with its words; `before` and `after` surround those of the decision, else one's own. */
export type ShownDecision = Omit<OwnDecision, "ownRange" | "range"> & {
  ownWords: string | null;
  words: string | null;
  before: string;
  after: string;
};

/** What was decided on a document of the caller, and why. */
export type OwnDecisions = {
  title: string;
  codebook: Codebook;
  decisions: ShownDecision[];
};

/** Code points of the text on either side. */
const CONTEXT = 40;

/** Shows annotators what adjudication made of their own document, once it is finished and if the round allows it. */
export const openOwnDecisions = defineUseCase({
  name: "openOwnDecisions",
  permission: "assignment.work",
  scope: "assignment",
  input: z.strictObject({ assignmentId: z.uuid() }),
  async run({ assignmentId }, { projectId }): Promise<Result<OwnDecisions>> {
    const { rows } = await pool().query<Row>(OPEN, [projectId, assignmentId]);
    const row = rows[0];
    // The same answer whether it is not allowed, not finished, or not begun.
    if (row === undefined) {
      return failure("not_found", "There are no decisions on this document to show you.");
    }
    const { codebookVersionId, documentVersionId, snapshot, source, annotatorId } = row;
    const [items, standing, gold, text] = await Promise.all([
      readFrozenItems(pool(), { projectId, codebookVersionId, snapshot }),
      readDecisions(pool(), projectId, row.adjudicationId),
      loadSet(projectId, row.goldSetId),
      source.isBlind
        ? maskedText(projectId, documentVersionId, source).then((shown) => shown.text)
        : indexText(row.text),
    ]);
    const slice = (start: number, end: number) =>
      text.slice(codePoint(Math.max(0, start)), codePoint(Math.min(text.length, end)));
    const wordsOf = (range: Range | null) =>
      range === null ? null : slice(range.start, range.end);
    return success({
      title: shownWords(row.title, source),
      codebook: codebookSchema.parse(row.content),
      decisions: ownDecisions(items, standing, { gold, annotatorId }).map(
        ({ ownRange, range, ...decision }, at) => {
          const place = range ?? ownRange;
          return {
            ...decision,
            // The key of the item follows from everybody's marks.
            key: String(at),
            ownWords: wordsOf(ownRange),
            words: wordsOf(range),
            before:
              place === null
                ? ""
                : wholeBefore(slice(place.start - CONTEXT, place.start), place.start > CONTEXT),
            after:
              place === null
                ? ""
                : wholeAfter(
                    slice(place.end, place.end + CONTEXT),
                    place.end + CONTEXT < text.length,
                  ),
          };
        },
      ),
    });
  },
});

type Row = {
  title: string;
  text: string;
  source: GuardedSource;
  annotatorId: string;
  adjudicationId: string;
  goldSetId: string;
  snapshot: Frozen[];
  documentVersionId: string;
  codebookVersionId: string;
  content: unknown;
};

const OPEN = `
SELECT d.title, v.text, ${guardedSource("d", "r")} AS source, a.annotator_id AS "annotatorId",
       j.id AS "adjudicationId", g.id AS "goldSetId", j.snapshot, v.id AS "documentVersionId",
       c.id AS "codebookVersionId", c.content
  FROM assignment a
  JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
  JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
  JOIN document_version v ON v.project_id = s.project_id AND v.id = s.document_version_id
  JOIN adjudication j ON j.project_id = s.project_id AND j.document_version_id = v.id
   AND j.state = 'finished' AND j.snapshot @> jsonb_build_array(jsonb_build_object('setId', s.id))
  JOIN annotation_set g ON g.project_id = j.project_id AND g.id = j.gold_set_id
  JOIN codebook_version c ON c.project_id = g.project_id AND c.id = g.codebook_version_id
 WHERE a.project_id = $1 AND a.id = $2 AND d.archived_at IS NULL AND ${SHOWS_DECISIONS}
 ORDER BY j.finished_at DESC LIMIT 1`;
