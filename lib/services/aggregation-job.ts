import "server-only";
import { z } from "zod";
import { decideItem, takeBack } from "@/lib/domain/adjudication/decide";
import type { Item } from "@/lib/domain/adjudication/items";
import {
  type Proposal,
  type ProposalDocument,
  type ProposalRule,
  propose,
} from "@/lib/domain/adjudication/propose";
import { success } from "@/lib/domain/result";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import {
  applyAll,
  type Gold,
  prepare,
  type Ready,
  withGold,
  writeGold,
} from "./adjudication-store";
import { adjudicationRows, beginAdjudication } from "./adjudications";
import { insertDecisions, type NewDecision, revoke } from "./decision-store";
import { defineJob, JobRefused, type JobRun } from "./job-runs";
import type { Queryable } from "./submitted-sets";

/** How labels can be aggregated; see lib/domain/adjudication/propose.ts. */
export const ruleSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("majority") }),
  z.strictObject({ kind: z.literal("k_of_n"), votes: z.int().min(1).max(1_000) }),
  z.strictObject({ kind: z.literal("dawid_skene") }),
  z.strictObject({
    kind: z.literal("mace"),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1),
  }),
]);

const input = z.strictObject({ rule: ruleSchema });

/**
 * Proposes decisions on what nobody has decided, in every open adjudication and in those that could
 * begin. What an earlier run proposed and nobody has looked at makes room.
 */
export const aggregationJob = defineJob({
  kind: "gold.propose",
  input,
  async run(job) {
    const found = await gather(job);
    if (found.length === 0) throw new JobRefused("No document has two submissions to compare.");
    const proposals = propose(found, job.input.rule);
    let written = 0;
    for (const [at, { documentId, adjudicationId }] of found.entries()) {
      const own = proposals.get(documentId) ?? [];
      const done = await withGold(job.projectId, adjudicationId, (client, gold) =>
        writeProposals(client, gold, { proposals: own, job }),
      );
      if (done.ok) written += done.value;
      await job.progress(found.length + at + 1, 2 * found.length);
    }
    return { documents: found.length, proposals: written };
  },
});

type Run = JobRun<z.output<typeof input>>;
type Gathered = ProposalDocument & { adjudicationId: string };

/** The items of all documents; adjudications that could begin do. */
async function gather({ projectId, requestedBy, progress }: Run): Promise<Gathered[]> {
  if (requestedBy === null) throw new JobRefused("Nobody asked for this.");
  const viewer = { projectId, userId: requestedBy };
  const rows = await adjudicationRows(viewer);
  const wanted = rows.filter(({ obstacle, state }) => obstacle === null && state !== "finished");
  const found: Gathered[] = [];
  for (const [at, { documentId }] of wanted.entries()) {
    await progress(at, 2 * wanted.length);
    const begun = await beginAdjudication(viewer, documentId);
    if (!begun.ok) continue;
    const { adjudicationId } = begun.value;
    const read = await withGold(projectId, adjudicationId, async (client, gold) => {
      const ready = await prepare(client, gold, viewer);
      if (!ready.ok) return ready;
      const annotatorIds = gold.snapshot.map(({ annotatorId }) => annotatorId);
      const slice = await slicerOf(gold);
      return success({ documentId, adjudicationId, items: ready.value.items, annotatorIds, slice });
    });
    if (read.ok) found.push(read.value);
  }
  return found;
}

async function slicerOf({ projectId, documentVersionId }: Gold) {
  const { rows } = await pool().query<{ text: string }>(
    "SELECT text FROM document_version WHERE project_id = $1 AND id = $2",
    [projectId, documentVersionId],
  );
  const index = indexText(rows[0]?.text ?? "");
  return (start: number, end: number) => index.slice(codePoint(start), codePoint(end));
}

async function writeProposals(
  client: Queryable,
  gold: Gold,
  { proposals, job }: { proposals: readonly Proposal[]; job: Run },
) {
  const userId = job.requestedBy ?? "";
  const ready = await prepare(client, gold, { projectId: job.projectId, userId });
  if (!ready.ok) return ready;
  const cleared = withoutProposals(ready.value);
  const after = await applyAll(gold, ready.value.state, cleared.changes);
  if (!after.ok) return after;
  const done = new Set(cleared.kept);
  const made = await carryOut(gold, after.value, {
    proposals: proposals.filter(({ itemKey }) => !done.has(itemKey)),
    items: ready.value.items,
    job,
  });
  const back = { gestureId: newId(), changes: cleared.changes };
  await writeGold(client, gold, {
    gestures: [back, ...made.gestures],
    before: ready.value.state,
    after: made.state,
    userId,
  });
  await revoke(client, gold, cleared.dropped);
  await insertDecisions(client, gold, userId, made.rows);
  return success(made.rows.length);
}

/** What people decided is kept; what was only proposed is taken back. */
function withoutProposals({ items, decisions, state }: Ready) {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const dropped = decisions.filter(({ isProposal }) => isProposal);
  return {
    kept: decisions.filter(({ isProposal }) => !isProposal).map(({ itemKey }) => itemKey),
    dropped: dropped.map(({ itemKey }) => itemKey),
    changes: dropped.flatMap(({ itemKey, spanId }) => {
      const item = byKey.get(itemKey);
      return item === undefined ? [] : takeBack(item, state, spanId);
    }),
  };
}

async function carryOut(
  gold: Gold,
  before: Ready["state"],
  { proposals, items, job }: { proposals: readonly Proposal[]; items: readonly Item[]; job: Run },
) {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const rows: NewDecision[] = [];
  const gestures: Parameters<typeof writeGold>[2]["gestures"][number][] = [];
  let state = before;
  for (const { itemKey, decision, confidence, distribution } of proposals) {
    const item = byKey.get(itemKey);
    if (item === undefined) continue;
    const made = decideItem(item, decision, { state, earlierSpanId: null, newSpanId: newId() });
    if ("problem" in made) continue;
    const next = await applyAll(gold, state, made.changes);
    // The codebook does not allow it beside what is there: a person decides.
    if (!next.ok) continue;
    state = next.value;
    const gestureId = newId();
    gestures.push({ gestureId, changes: made.changes });
    rows.push({
      ...{ decisionId: newId(), itemKey, kind: decision.kind, gestureId, confidence },
      ...{ optionKeys: [...decision.optionKeys], reason: null, note: "" },
      ...{ sourceSpanIds: made.sourceSpanIds, spanId: made.spanId },
      rule: ruleWords(job.input.rule),
      votes: item.options[0]?.annotatorIds.length ?? 0,
      more: { jobId: job.jobId, distribution },
    });
  }
  return { state, rows, gestures };
}

function ruleWords(rule: ProposalRule): string {
  switch (rule.kind) {
    case "majority":
      return "strict majority";
    case "k_of_n":
      return `at least ${rule.votes} votes`;
    case "dawid_skene":
      return "Dawid and Skene";
    case "mace":
      return `MACE, seed ${rule.seed}`;
  }
}
