import "server-only";
import { z } from "zod";
import type { DecisionKind } from "@/lib/domain/adjudication/decide";
import {
  type Dispute,
  type DisputeEnd,
  type DisputeGroup,
  groupDisputes,
  labelsOf,
} from "@/lib/domain/adjudication/dispute-groups";
import { type Item, isDisputed } from "@/lib/domain/adjudication/items";
import { type ProposedNote, proposeNote } from "@/lib/domain/adjudication/propose-note";
import { diffCodebooks, labelsToReconsider } from "@/lib/domain/codebook/diff";
import type { Codebook } from "@/lib/domain/codebook/language";
import { failure, type Result, success } from "@/lib/domain/result";
import { wholeAfter, wholeBefore } from "@/lib/domain/text/surroundings";
import { pool } from "@/lib/server/db";
import { findVersion } from "./codebook-store";
import { type Frozen, readFrozenItems } from "./frozen-items";
import { IS_OPEN_TO_CALLER, IS_VISIBLE_WORK, readLeftOut } from "./submitted-sets";
import { defineUseCase } from "./use-case";

/** A dispute in its text, for whoever reads what a group has in common. Offsets are not shown. */
export type DisputeExample = {
  /** Null while nobody has begun to adjudicate the document. */
  adjudicationId: string | null;
  itemKey: string;
  documentId: string;
  title: string;
  before: string;
  quote: string;
  after: string;
  /** How many said what; null for nothing. */
  said: { label: string | null; times: number }[];
  end: DisputeEnd | null;
  /** The reader annotated the document, so its desk is closed to them. */
  isOwnWork: boolean;
};

/** A group of disputes as the page shows it. */
export type ShownDisputes = Omit<DisputeGroup, "disputes" | "words"> & {
  disputes: number;
  words: { key: string; words: string; times: number; examples: DisputeExample[] }[];
  /** Words beyond those shown. */
  moreWords: number;
  /** What the guideline could say; null while nothing is decided. */
  proposal: ProposedNote | null;
  /** Whether a version published since says something else of one of the labels. */
  hasChanged: boolean;
};

/** Disputes by what was said against what. */
export type DisputeReport = {
  codebook: Codebook;
  /** Rounds with submitted work, in order. */
  rounds: { roundId: string; name: string; kind: string }[];
  /** Documents that two or more submitted; how many are adjudicated, or begun; how many are finished. */
  documents: number;
  begun: number;
  finished: number;
  disputes: number;
  decided: number;
  groups: ShownDisputes[];
  /** Groups beyond those shown. */
  more: number;
  /** Version of the codebook by which the disputed work was made; null where there is none. */
  from: number | null;
  /** The version in force. */
  to: number;
  leftOut: { documentId: string; title: string }[];
};

const MOST_DOCUMENTS = 1_000;
const MOST_GROUPS = 100;
const MOST_WORDS = 20;
const MOST_EXAMPLES = 4;
/** Code points of the text on either side. */
const CONTEXT = 50;

/**
 * What the disputes of a round have in common: by pair of labels, then by words, with how they ended
 * and what the guideline could say of it. All rounds where none is named.
 */
export const listDisputes = defineUseCase({
  name: "listDisputes",
  permission: "adjudicate",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), roundId: z.uuid().optional() }),
  async run({ projectId, roundId }, caller): Promise<Result<DisputeReport>> {
    const inForce = await findVersion(projectId);
    if (inForce === null) return failure("not_found", "This project has no codebook yet.");
    const params = [projectId, caller.userId];
    const [rounds, adjudications, leftOut] = await Promise.all([
      pool().query<DisputeReport["rounds"][number]>(ROUNDS, params),
      pool().query<Adjudicated>(ADJUDICATED, [...params, roundId ?? null, MOST_DOCUMENTS]),
      readLeftOut(caller),
    ]);
    const disputes = await readDisputes(projectId, adjudications.rows);
    const from = Math.min(...adjudications.rows.map(({ version }) => version));
    const before = Number.isFinite(from) ? await findVersion(projectId, from) : null;
    const changed = before === null ? () => false : changedBetween(before, inForce);
    const groups = groupDisputes(disputes);
    const shown = groups.slice(0, MOST_GROUPS);
    const contexts = await readContexts(projectId, shown.flatMap(examplesOf));
    const nameOf = namesOf([inForce.codebook, ...(before === null ? [] : [before.codebook])]);
    return success({
      codebook: inForce.codebook,
      rounds: rounds.rows,
      documents: adjudications.rows.length,
      begun: adjudications.rows.filter(({ adjudicationId }) => adjudicationId !== null).length,
      finished: adjudications.rows.filter(({ state }) => state === "finished").length,
      disputes: disputes.length,
      decided: disputes.filter(({ end }) => end !== null).length,
      groups: shown.map((group) => ({
        ...toShown(group, contexts),
        proposal: proposeNote(group, (label) => nameOf(group.layer, label)),
        hasChanged: [group.first, group.second].some(
          (label) => label !== null && changed(group.layer, label),
        ),
      })),
      more: groups.length - shown.length,
      from: before === null ? null : from,
      to: inForce.version,
      leftOut,
    });
  },
});

type Adjudicated = {
  adjudicationId: string | null;
  state: "none" | "open" | "finished" | "stale";
  snapshot: Frozen[];
  documentId: string;
  documentVersionId: string;
  codebookVersionId: string;
  version: number;
  title: string;
  isOwnWork: boolean;
};

/** A dispute with the text that it is in. */
type Placed = Dispute & Pick<Adjudicated, "documentVersionId" | "title" | "isOwnWork">;

async function readDisputes(
  projectId: string,
  adjudications: readonly Adjudicated[],
): Promise<Placed[]> {
  const ends = await readEnds(
    projectId,
    adjudications.flatMap(({ adjudicationId }) => adjudicationId ?? []),
  );
  const disputes: Placed[] = [];
  // One after the other: each reads some sets, and the page must not take all connections.
  for (const { snapshot, codebookVersionId, state: _, version: __, ...place } of adjudications) {
    const items = await readFrozenItems(pool(), { projectId, codebookVersionId, snapshot });
    for (const item of items.filter(isDisputed)) {
      const row = ends.get(`${place.adjudicationId} ${item.key}`);
      disputes.push({ ...place, item, end: row === undefined ? null : endOf(item, row) });
    }
  }
  return disputes;
}

type EndRow = {
  adjudicationId: string;
  itemKey: string;
  kind: DecisionKind;
  optionKeys: string[];
  goldLabel: string | null;
  reason: string | null;
  note: string;
};

/** Decisions that stand, by adjudication and item; not proposals that nobody has looked at. */
async function readEnds(
  projectId: string,
  adjudicationIds: readonly string[],
): Promise<Map<string, EndRow>> {
  const { rows } = await pool().query<EndRow>(
    `SELECT x.adjudication_id AS "adjudicationId", x.subject AS "itemKey", x.kind, x.reason, x.note,
            coalesce(x.detail -> 'optionKeys', '[]') AS "optionKeys",
            (SELECT g.label_key FROM adjudication j
               JOIN span g ON g.project_id = j.project_id AND g.annotation_set_id = j.gold_set_id
              WHERE j.project_id = $1 AND j.id = x.adjudication_id AND g.id = x.result_span_id
                AND NOT g.is_removed) AS "goldLabel"
       FROM decision x
      WHERE x.project_id = $1 AND x.adjudication_id = ANY($2::uuid[]) AND x.revoked_at IS NULL
        AND NOT x.detail ? 'jobId'
      ORDER BY x.decided_at, x.id`,
    [projectId, adjudicationIds],
  );
  return new Map(rows.map((row) => [`${row.adjudicationId} ${row.itemKey}`, row]));
}

function endOf(item: Item, { kind, optionKeys, goldLabel, reason, note }: EndRow): DisputeEnd {
  const chosen = item.options.find(({ key }) => key === optionKeys[0]);
  const ofUnit = item.kind === "unit" && kind !== "reject" && chosen !== undefined;
  const labels = ofUnit ? [...labelsOf(chosen)] : goldLabel === null ? [] : [goldLabel];
  return { kind, labels, reason, note };
}

type Version = { codebook: Codebook };

/** Whether a label means something else in the later of two versions. */
function changedBetween(before: Version, after: Version) {
  const changes = diffCodebooks(before.codebook, after.codebook);
  const changed = new Set(
    labelsToReconsider(changes, before.codebook).map(({ layer, label }) => `${layer}/${label}`),
  );
  return (layer: string, label: string) => changed.has(`${layer}/${label}`);
}

/** Names of labels by the first of the versions that has them. */
function namesOf(versions: readonly Codebook[]) {
  const names = new Map(
    [...versions]
      .reverse()
      .flatMap(({ layers }) =>
        layers.flatMap((layer) =>
          layer.labels.map(({ key, name }) => [`${layer.key}/${key}`, name] as const),
        ),
      ),
  );
  return (layer: string, label: string) => names.get(`${layer}/${label}`) ?? label;
}

function examplesOf({ words }: DisputeGroup<Placed>): Placed[] {
  return words.slice(0, MOST_WORDS).flatMap(({ disputes }) => disputes.slice(0, MOST_EXAMPLES));
}

type Context = { before: string; after: string };

const placeOf = ({ documentVersionId, item }: Placed) =>
  `${documentVersionId} ${item.start} ${item.end}`;

async function readContexts(
  projectId: string,
  examples: readonly Placed[],
): Promise<Map<string, Context>> {
  const places = examples.map((each) => ({
    key: placeOf(each),
    version_id: each.documentVersionId,
    first: each.item.start,
    last: each.item.end,
  }));
  const { rows } = await pool().query<Context & { key: string; isFirst: boolean; isLast: boolean }>(
    `SELECT DISTINCT p.key, p.first <= $3::int AS "isFirst", p.last + $3::int >= v.length AS "isLast",
            substr(v.text, greatest(p.first - $3::int, 0) + 1, least($3::int, p.first)) AS before,
            substr(v.text, p.last + 1, $3::int) AS after
       FROM jsonb_to_recordset($2::jsonb) AS p(key text, version_id uuid, first int, last int)
       JOIN document_version v ON v.project_id = $1 AND v.id = p.version_id`,
    [projectId, JSON.stringify(places), CONTEXT],
  );
  return new Map(
    rows.map(({ key, before, after, isFirst, isLast }) => [
      key,
      { before: wholeBefore(before, !isFirst), after: wholeAfter(after, !isLast) },
    ]),
  );
}

function toShown(
  group: DisputeGroup<Placed>,
  contexts: ReadonlyMap<string, Context>,
): Omit<ShownDisputes, "proposal" | "hasChanged"> {
  const { disputes, words, ...rest } = group;
  return {
    ...rest,
    disputes: disputes.length,
    words: words.slice(0, MOST_WORDS).map(({ key, words: said, disputes: own }) => ({
      key,
      words: said,
      times: own.length,
      examples: own.slice(0, MOST_EXAMPLES).map((dispute) => toExample(dispute, contexts)),
    })),
    moreWords: Math.max(0, words.length - MOST_WORDS),
  };
}

function toExample(dispute: Placed, contexts: ReadonlyMap<string, Context>): DisputeExample {
  const { adjudicationId, documentId, title, item, end, isOwnWork } = dispute;
  // A label of the whole document has no words around it.
  const around = item.quote === "" ? undefined : contexts.get(placeOf(dispute));
  return {
    adjudicationId,
    itemKey: item.key,
    documentId,
    title,
    quote: item.quote,
    before: around?.before ?? "",
    after: around?.after ?? "",
    said: saidOf(item),
    end,
    isOwnWork,
  };
}

function saidOf({ options, absent }: Item): DisputeExample["said"] {
  const times = new Map<string, number>();
  for (const option of options) {
    for (const label of labelsOf(option)) {
      times.set(label, (times.get(label) ?? 0) + option.annotatorIds.length);
    }
  }
  const said: DisputeExample["said"] = [...times].map(([label, count]) => ({
    label,
    times: count,
  }));
  return absent.length === 0 ? said : [...said, { label: null, times: absent.length }];
}

/** Who annotated a document `d` is not the one to decide on it. */
const IS_OWN_WORK = `
  EXISTS (SELECT 1 FROM assignment own
            JOIN annotator me ON me.project_id = own.project_id AND me.id = own.annotator_id
           WHERE own.project_id = $1 AND own.document_id = d.id AND me.user_id = $2)`;

/** Whether the round $3, or any, has frozen work in adjudication `j`. */
const IS_OF_ROUND = `
  ($3::uuid IS NULL OR EXISTS (
    SELECT 1 FROM jsonb_to_recordset(j.snapshot) AS f("setId" uuid)
      JOIN annotation_set fs ON fs.project_id = j.project_id AND fs.id = f."setId"
      JOIN assignment fa ON fa.project_id = fs.project_id AND fa.id = fs.assignment_id
     WHERE fa.round_id = $3))`;

/** Adjudications, and what two or more submitted and nobody adjudicates yet, in the order of the project. */
const ADJUDICATED = `
WITH begun AS (
  SELECT j.id AS "adjudicationId", j.state::text, j.snapshot, d.id AS "documentId",
         v.id AS "documentVersionId", c.id AS "codebookVersionId", c.version, d.title, d.seq,
         ${IS_OWN_WORK} AS "isOwnWork"
    FROM adjudication j
    JOIN annotation_set s ON s.project_id = j.project_id AND s.id = j.gold_set_id
    JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
    JOIN document_version v ON v.project_id = j.project_id AND v.id = j.document_version_id
    JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
   WHERE j.project_id = $1 AND d.archived_at IS NULL AND ${IS_OPEN_TO_CALLER} AND ${IS_OF_ROUND}
), submitted AS (
  SELECT DISTINCT ON (s.document_version_id, a.annotator_id)
         s.id, s.submitted_revision AS revision, s.document_version_id, a.annotator_id, c.version,
         d.id AS document_id
    FROM annotation_set s
    JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
    JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
    JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
    JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
   WHERE ${IS_VISIBLE_WORK} AND a.repetition = 0 AND s.superseded_by_id IS NULL
     AND s.submitted_revision IS NOT NULL AND ($3::uuid IS NULL OR r.id = $3)
     AND NOT EXISTS (SELECT 1 FROM begun WHERE begun."documentVersionId" = s.document_version_id)
   ORDER BY s.document_version_id, a.annotator_id, r.position DESC
), waiting AS (
  SELECT document_id, document_version_id, max(version) AS version,
         jsonb_agg(jsonb_build_object('setId', id, 'annotatorId', annotator_id, 'revision', revision)
                   ORDER BY annotator_id) AS snapshot
    FROM submitted GROUP BY document_id, document_version_id HAVING count(*) > 1
)
SELECT "adjudicationId", state, snapshot, "documentId", "documentVersionId", "codebookVersionId",
       version, title, "isOwnWork" FROM (
  SELECT * FROM begun
  UNION ALL
  SELECT NULL, 'none', w.snapshot, d.id, w.document_version_id, c.id, w.version, d.title, d.seq,
         ${IS_OWN_WORK}
    FROM waiting w
    JOIN document d ON d.project_id = $1 AND d.id = w.document_id
    JOIN codebook_version c ON c.project_id = $1 AND c.version = w.version
) rows ORDER BY seq, "adjudicationId" LIMIT $4`;

/** Rounds in which somebody submitted what the caller may see. */
const ROUNDS = `
SELECT r.id AS "roundId", r.name, r.kind::text AS kind FROM round r
 WHERE r.project_id = $1 AND EXISTS (
   SELECT 1 FROM annotation_set s
     JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
     JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
    WHERE ${IS_VISIBLE_WORK} AND a.round_id = r.id)
 ORDER BY r.position`;
