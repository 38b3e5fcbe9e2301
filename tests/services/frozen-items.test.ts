import { beforeAll, expect, it } from "vitest";
import { DECISION_KINDS, type DecisionKind, decideItem } from "@/lib/domain/adjudication/decide";
import type { Item } from "@/lib/domain/adjudication/items";
import { applyChange } from "@/lib/domain/annotation/apply";
import { type AnnotationState, hull, stateToData } from "@/lib/domain/annotation/state";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import {
  openAdjudication,
  refreshAdjudication,
  startAdjudication,
} from "@/lib/services/adjudications";
import { editAnnotations } from "@/lib/services/annotations";
import { reopenAssignment } from "@/lib/services/assignments";
import { decide, mergeByRule, undoDecisions } from "@/lib/services/decisions";
import { editContext } from "@/lib/services/edit-context";
import { type Frozen, readFrozenItems } from "@/lib/services/frozen-items";
import { loadState } from "@/lib/services/stored-sets";
import { emptyDatabase } from "@/tests/support/database";
import { type Chance, chance } from "@/tests/support/random";
import { valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject, type TestUser } from "./support/factories";
import { makeWork } from "./support/submitted-work";

const WORDS =
  "ash birch cedar dill elm fern gorse hazel iris juniper kale larch moss nettle oak pine";
const TEXT = `Headline\n\n${WORDS} 🌲 ${WORDS.toUpperCase()}`;
const LABELS = ["loaded_language", "naming", "appeal"] as const;
const STEPS = 100;

let projectId: string;
let document: Awaited<ReturnType<typeof makeDocument>>;
let lead: TestUser;
let judge: TestUser;
let first: { user: TestUser; assignmentId: string };

beforeAll(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  document = await makeDocument(projectId, { text: TEXT });
  lead = await makeMember(projectId, "lead");
  judge = await makeMember(projectId, "adjudicator");
  for (let person = 0; person < 4; person++) {
    const user = await makeMember(projectId, "annotator");
    const spans = marksOf(chance(person + 1));
    const work = { spans, overall: person < 2 ? "1" : "2" };
    const { assignmentId } = await makeWork(projectId, document, user, work);
    if (person === 0) first = { user, assignmentId };
  }
}, 60_000);

/** Up to three words in a row, here and there, that overlap those of the others in many ways. */
function marksOf(dice: Chance): [string, string][] {
  const words = `${WORDS} 🌲 ${WORDS.toUpperCase()}`.split(" ");
  return Array.from({ length: 9 }, (_, at) => {
    const from = at * 3 + dice.below(2);
    const marked = words.slice(from, from + 1 + dice.below(2)).join(" ");
    return [dice.oneOf(LABELS), marked] as [string, string];
  });
}

/** What stands in the database of the adjudication, read past what is kept between decisions. */
async function readAll(adjudicationId: string) {
  const { rows } = await pool().query<{
    snapshot: Frozen[];
    setId: string;
    documentVersionId: string;
    codebookVersionId: string;
  }>(
    `SELECT j.snapshot, s.id AS "setId", s.document_version_id AS "documentVersionId",
            s.codebook_version_id AS "codebookVersionId"
       FROM adjudication j JOIN annotation_set s ON s.id = j.gold_set_id WHERE j.id = $1`,
    [adjudicationId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("no adjudication");
  const { setId, documentVersionId, codebookVersionId } = row;
  return {
    items: await readFrozenItems(pool(), { projectId, ...row }),
    state: await loadState(projectId, setId),
    context: await editContext(projectId, documentVersionId, codebookVersionId),
  };
}

type All = Awaited<ReturnType<typeof readAll>>;

/** A state without the ids that each run draws anew. */
function shapeOf(state: AnnotationState) {
  const { spans, unitLabels } = stateToData(state);
  const place = ({ layer, label, start }: { layer: string; label: string; start: number }) =>
    `${layer} ${label} ${String(start).padStart(6, "0")}`;
  const byPlace = <T extends Parameters<typeof place>[0]>(all: T[]) =>
    all.sort((a, b) => (place(a) < place(b) ? -1 : 1));
  return {
    spans: byPlace(spans.map(({ id: _, ...span }) => ({ ...span, start: hull(span).start }))),
    unitLabels: byPlace([...unitLabels]),
  };
}

/** Often with the words of another item, where a span of the gold set may stand already. */
function randomDecision(dice: Chance, items: readonly Item[]) {
  const item = items[dice.below(items.length)];
  if (item === undefined) throw new Error("nothing to decide");
  const kind = dice.oneOf<DecisionKind>(["edit", ...DECISION_KINDS]);
  const from = item.options.map(({ key }) => key);
  const start = codePoint(Math.max(10, item.start + dice.below(12) - 6));
  const end = codePoint(start + 1 + dice.below(14));
  const anew = [{ start, end, quote: indexText(document.text).slice(start, end) }];
  const elsewhere = items[dice.below(items.length)]?.options[0]?.span?.ranges;
  const ranges = [...((dice.below(3) > 0 ? elsewhere : null) ?? anew)];
  return {
    ...{ itemKey: item.key, kind },
    optionKeys: from.slice(0, dice.below(from.length + 1)),
    ...(kind === "edit" || dice.below(4) === 0 ? { ranges } : {}),
    ...(kind === "relabel" ? { label: dice.oneOf(LABELS) } : {}),
  };
}

/** What a decision makes of the whole gold set; null where it is refused. */
function expected(
  { items, state, context }: All,
  decision: ReturnType<typeof randomDecision>,
  earlierSpanId: string | null,
) {
  const item = items.find(({ key }) => key === decision.itemKey);
  if (item === undefined) return null;
  const decided = decideItem(item, decision, { state, earlierSpanId, newSpanId: newId() });
  if ("problem" in decided) return null;
  let after = state;
  for (const change of decided.changes) {
    const verdict = applyChange(after, change, context);
    if (verdict.outcome === "refused") return null;
    if (verdict.outcome === "applied") after = verdict.state;
  }
  return after;
}

/** The first annotator's work, opened again and sent with one mark less. */
async function resubmit(): Promise<void> {
  const { user, assignmentId } = first;
  valueFrom(await reopenAssignment.as(lead.actor, { assignmentId }));
  const { rows } = await pool().query<{ revision: number; spanId: string }>(
    `SELECT s.revision, (SELECT x.id FROM span x WHERE x.annotation_set_id = s.id AND NOT x.is_removed
                          ORDER BY x.start LIMIT 1) AS "spanId"
       FROM annotation_set s WHERE s.assignment_id = $1`,
    [assignmentId],
  );
  const changes = [
    { kind: "remove_span" as const, spanId: rows[0]?.spanId ?? "" },
    { kind: "submit" as const },
  ];
  const answer = await editAnnotations.as(user.actor, {
    ...{ assignmentId, clientId: newId(), textSha256: document.sha256 },
    baseRevision: rows[0]?.revision ?? 0,
    operations: changes.map((change) => ({
      ...{ id: newId(), gestureId: newId(), madeAt: "2026-03-01T10:00:00.000Z", change },
    })),
  });
  expect(valueFrom(answer).submitted).toBe(true);
}

it("gives the same as reading and aligning all anew, over long random adjudications", async () => {
  const documentId = document.documentId;
  const started = await startAdjudication.as(judge.actor, { projectId, documentId });
  const { adjudicationId } = valueFrom(started);
  const at = { projectId, adjudicationId };
  const dice = chance(7);
  let refused = 0;
  let carriedOut = 0;
  for (let step = 0; step < STEPS; step++) {
    const before = await readAll(adjudicationId);
    const opened = valueFrom(await openAdjudication.as(judge.actor, at));
    expect(opened.items).toEqual(before.items);
    const act = dice.below(20);
    if (step % 30 === 20) {
      await resubmit();
      // The frozen submission is read from the log from now on, until refreshed.
      const moved = await readAll(adjudicationId);
      expect(moved.items).toEqual(before.items);
      valueFrom(await refreshAdjudication.as(judge.actor, { ...at, documentId }));
      expect((await readAll(adjudicationId)).items).not.toEqual(before.items);
      continue;
    }
    if (act === 1) {
      valueFrom(await mergeByRule.as(judge.actor, { ...at, rule: "majority" }));
      continue;
    }
    if (act === 2 && opened.decisions.length > 0) {
      const itemKeys = opened.decisions.map(({ itemKey }) => itemKey).slice(0, 5);
      valueFrom(await undoDecisions.as(judge.actor, { ...at, itemKeys }));
      continue;
    }
    const decision = randomDecision(dice, opened.items);
    const earlier = opened.decisions.find(({ itemKey }) => itemKey === decision.itemKey);
    const wanted = expected(before, decision, earlier?.spanId ?? null);
    const made = await decide.as(judge.actor, { ...at, ...decision });
    const after = await readAll(adjudicationId);
    expect(made.ok).toBe(wanted !== null);
    expect(shapeOf(after.state)).toEqual(shapeOf(wanted ?? before.state));
    if (made.ok) carriedOut++;
    else refused++;
  }
  expect(carriedOut).toBeGreaterThan(30);
  expect(refused).toBeGreaterThan(10);
}, 180_000);
