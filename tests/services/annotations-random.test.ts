import { beforeAll, describe, expect, test, vi } from "vitest";
import type { BatchAnswer, Change, Operation } from "@/lib/domain/annotation/operation";
import { replay } from "@/lib/domain/annotation/replay";
import { EMPTY_STATE, stateToData } from "@/lib/domain/annotation/state";
import { pool } from "@/lib/server/db";
import { editAnnotations } from "@/lib/services/annotations";
import { type Bench, judgeBatch } from "@/lib/services/judge-batch";
import { loadState } from "@/lib/services/stored-sets";
import { writeBatch } from "@/lib/services/write-batch";
import { chance } from "@/tests/support/random";
import { RandomChanges } from "@/tests/support/random-changes";
import { batch, type Desk, logOf, makeDesk, makeRichProject, stored } from "./support/annotating";

let projectId: string;

beforeAll(async () => {
  projectId = await makeRichProject();
});

/** Sends until the set has room; the browser's outbox does the same. */
async function sendAgainWhileBusy(desk: Desk, operations: Operation[]): Promise<BatchAnswer> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const result = await editAnnotations.as(desk.annotator.actor, batch(desk, operations));
    if (result.ok) return result.value;
    if (result.failure.kind !== "busy") throw new Error(result.failure.message);
  }
  throw new Error("The set stayed busy.");
}

/** One client: batches made from what it read last, which others have changed meanwhile. */
async function write(desk: Desk, seed: number, count: number) {
  const dice = chance(seed);
  const random = new RandomChanges(dice, desk.context, desk.units);
  const acknowledged: BatchAnswer["results"] = [];
  let state = EMPTY_STATE;
  for (let made = 0; made < count; ) {
    const size = Math.min(count - made, 1 + dice.below(9));
    const operations = Array.from({ length: size }, () => random.operation(random.change(state)));
    acknowledged.push(...(await sendAgainWhileBusy(desk, operations)).results);
    made += size;
    state = await loadState(desk.projectId, desk.setId);
  }
  return acknowledged;
}

// Seconds on a quiet machine, much longer on a busy one.
vi.setConfig({ testTimeout: 120_000 });

describe("after five hundred operations at random by four clients at once", () => {
  let desk: Desk;
  let acknowledged: BatchAnswer["results"];

  beforeAll(async () => {
    desk = await makeDesk(projectId);
    const all = await Promise.all([1, 2, 3, 4].map((seed) => write(desk, seed, 125)));
    acknowledged = all.flat();
  }, 120_000);

  test("the projection is what a replay of the log gives", async () => {
    const log = await logOf(desk);
    const projection = await loadState(projectId, desk.setId);
    const applied = log.filter(({ outcome }) => outcome === "applied");
    expect(new Set(applied.map(({ change }) => change.kind)).size).toBeGreaterThan(8);
    expect(stateToData(projection)).toEqual(stateToData(replay(log, desk.context).state));
  });

  test("every operation that was not refused is in the log once, under the revision that was told", async () => {
    const log = await logOf(desk);
    const kept = acknowledged.filter((each) => each.outcome !== "refused");
    expect(acknowledged).toHaveLength(500);
    expect(kept.length).toBeGreaterThan(200);
    expect(new Map(log.map(({ id, revision, outcome }) => [id, { revision, outcome }]))).toEqual(
      new Map(
        kept.map((each) => [
          each.id,
          "revision" in each && { revision: each.revision, outcome: each.outcome },
        ]),
      ),
    );
    expect(log).toHaveLength(kept.length);
  });

  test("revisions have no gap and none is there twice", async () => {
    const log = await logOf(desk);
    expect(log.map(({ revision }) => revision)).toEqual(log.map((_, at) => at + 1));
    expect((await stored(desk)).revision).toBe(log.length);
  });

  test("what the rules forbid is nowhere in the projection", async () => {
    const { rows } = await pool().query<{ count: number }>(
      `SELECT count(*)::int AS count FROM relation r
         JOIN span f ON f.project_id = r.project_id AND f.id = r.from_span_id
         JOIN span t ON t.project_id = r.project_id AND t.id = r.to_span_id
        WHERE r.annotation_set_id = $1 AND NOT r.is_removed
          AND (f.is_removed OR t.is_removed OR t.label_key <> 'person')`,
      [desk.setId],
    );
    expect(rows).toEqual([{ count: 0 }]);
  });
});

describe("loading only what a batch can touch", () => {
  /** A submit would load all; the verdicts before it must not depend on that. */
  const submit: Change = { kind: "submit" };

  test("gives the verdicts and the changes that loading everything gives", async () => {
    const desk = await makeDesk(projectId);
    const dice = chance(77);
    const random = new RandomChanges(dice, desk.context, desk.units);
    const seen = { applied: 0, superseded: 0, refused: 0 };
    let revision = 0;
    for (let round = 0; round < 90; round++) {
      const state = await loadState(projectId, desk.setId);
      const operations = Array.from({ length: 1 + dice.below(4) }, () =>
        random.operation(random.change(state)),
      );
      const bench: Bench = {
        projectId,
        setId: desk.setId,
        revision,
        isWithdrawn: true,
        foreignIds: new Set(),
        context: desk.context,
      };
      const part = await judgeBatch(operations, bench);
      const all = await judgeBatch([...operations, random.operation(submit)], bench);
      expect(all.before.spans.size).toBe(state.spans.size);
      const verdicts = operations.map(({ id }) => part.results.get(id));
      expect(verdicts).toEqual(operations.map(({ id }) => all.results.get(id)));
      expect(part.stored).toEqual(all.stored);
      for (const verdict of verdicts) if (verdict !== undefined) seen[verdict.outcome]++;
      // Stored by what was loaded in part, so that the projection would show what it missed.
      expect(
        await writeBatch({
          projectId,
          assignmentId: desk.assignmentId,
          userId: desk.annotator.userId,
          setId: desk.setId,
          codebookVersionId: (await codebookOf(desk)) ?? "",
          textLength: desk.context.text.length,
          clientId: random.id(),
          revision,
          operations: part.stored,
          before: part.before,
          after: part.after,
          activeSeconds: 0,
          submits: false,
        }),
      ).toBe(true);
      revision += part.stored.length;
      expect(stateToData(await loadState(projectId, desk.setId))).toEqual(stateToData(all.after));
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });

  async function codebookOf({ setId }: Desk): Promise<string | undefined> {
    const { rows } = await pool().query<{ id: string }>(
      "SELECT codebook_version_id AS id FROM annotation_set WHERE id = $1",
      [setId],
    );
    return rows[0]?.id;
  }
});
