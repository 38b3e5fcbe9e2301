import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expect, type Page, type Route } from "@playwright/test";
import { build } from "esbuild";
import { applyChange } from "@/lib/domain/annotation/apply";
import type { EditContext } from "@/lib/domain/annotation/edit";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import type { StoredOperation } from "@/lib/domain/annotation/operation";
import { replay } from "@/lib/domain/annotation/replay";
import {
  type AnnotationState,
  type AnnotationStateData,
  EMPTY_STATE,
  stateFromData,
  stateToData,
} from "@/lib/domain/annotation/state";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { query } from "../support/database-query";
import { PEOPLE, test } from "../support/people";
import { publishCodebook } from "../support/publish-codebook";
import { chance } from "../support/random";
import { richCodebook } from "../support/rich-codebook";
import { readWork, type StoredWork } from "../support/stored-work";
import { assignAll, makeProject, storeDocument } from "../support/study";
import type { Walk as OpenWalk, Step, Walked } from "../support/walk-page";

const EDITS = 2_000;
const TRIES_AT_ONCE = 36;
const CHUNKS_TO_A_PAGE = 12;
const SEED = 20_261_124;
const ARTICLE = path.join(import.meta.dirname, "../data/articles/emoji.txt");

/** What the bundle of walk-page.ts leaves in the page. */
declare global {
  var Walk: new (work: StoredWork, seed: number) => OpenWalk;
  var walk: OpenWalk;
}

test("browser, server, log and a model that saw no faults are equal after two thousand random edits", async ({
  as,
}) => {
  test.setTimeout(240_000);
  const assignmentId = await makeWork(await as("lead"));
  const page = await as("chiara");
  const faults = new Faults(SEED);
  const operations = `/api/v1/assignments/${assignmentId}/operations`;
  await page.route(`**${operations}`, (route) => faults.meet(route));
  const bundle = await bundledSession();
  // Of the same origin, and without scripts of its own.
  await page.goto("/livez");

  const steps: Step[] = [];
  const refusals: string[] = [];
  for (let chunk = 0; countEdits(steps) < EDITS; chunk++) {
    if (chunk % CHUNKS_TO_A_PAGE === 0) await openWalk(page, bundle, assignmentId, chunk);
    const sent = faults.requests;
    const walked: Walked = await page.evaluate((tries) => walk.walk(tries), TRIES_AT_ONCE);
    steps.push(...walked.steps);
    refusals.push(...walked.refusals);
    await faults.requestAfter(sent, () => page.evaluate(() => walk.retry()));
  }
  faults.isOver = true;
  steps.push(await page.evaluate(() => walk.last()));
  await page.evaluate(() => walk.retry());
  await expect
    .poll(() => page.evaluate(() => walk.saveState()), { timeout: 60_000 })
    .toEqual({
      kind: "saved",
    });

  const shown = await page.evaluate(() => walk.annotations());
  const work = await readWork(assignmentId);
  const context = makeEditContext(work.document, indexCodebook(work.codebook));
  const log = (await (await page.request.get(operations)).json()) as StoredOperation[];
  const model = modelOf(steps, context);
  const server = dataOf(stateFromData(work.annotations));
  expect(shown).toEqual(model);
  expect(server).toEqual(model);
  expect(dataOf(replay(log, context).state)).toEqual(model);
  expect(new Set(log.map((each) => each.id)).size).toBe(work.revision);
  expect(log.map((each) => each.revision)).toEqual(log.map((_, at) => at + 1));

  await test.step("the walk was rich in faults, kinds of edits and marks", () => {
    const { dropped, unanswered, late, doubled, delayed } = faults.counts;
    expect(Math.min(dropped, unanswered, late, doubled, delayed)).toBeGreaterThan(0);
    expect(faults.share()).toBeGreaterThan(0.08);
    expect(new Set(log.map((each) => each.change.kind)).size).toBe(14);
    expect(steps.filter((each) => each.kind === "undo").length).toBeGreaterThan(50);
    expect(steps.filter((each) => each.kind === "redo").length).toBeGreaterThan(20);
    expect(model.spans.length).toBeGreaterThan(10);
    const expected = ["Nothing to undo.", "Nothing to redo."];
    const odd = refusals.filter((each) => !expected.includes(each));
    expect(odd.every((each) => each.startsWith("The history of this document cannot be"))).toBe(
      true,
    );
  });

  await test.step("a model, a log and a server that miss one edit are told apart", () => {
    expect(modelOf(steps.slice(0, -1), context)).not.toEqual(server);
    expect(log.at(-1)?.change.kind).toBe("add_comment");
    expect(dataOf(replay(log.slice(0, -1), context).state)).not.toEqual(server);
    const [first, ...others] = server.spans;
    expect(first).toBeDefined();
    expect({ ...server, spans: others }).not.toEqual(model);
  });
});

/** Every tenth request goes wrong, one way after the other. */
class Faults {
  readonly counts = { dropped: 0, unanswered: 0, late: 0, doubled: 0, delayed: 0 };
  requests = 0;
  isOver = false;
  private readonly chance: ReturnType<typeof chance>;
  private wake: () => void = () => {};

  constructor(seed: number) {
    this.chance = chance(seed);
  }

  async meet(route: Route): Promise<void> {
    this.requests++;
    this.wake();
    // A page that is reloaded takes its requests along.
    await this.handle(route).catch(() => {});
  }

  /** Resolves at the next request; a page that waits after a fault is asked to go on. */
  async requestAfter(count: number, retry: () => Promise<void>): Promise<void> {
    if (this.requests > count) return;
    const arrived = new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    await retry();
    await arrived;
  }

  share(): number {
    return Object.values(this.counts).reduce((sum, each) => sum + each, 0) / this.requests;
  }

  private async handle(route: Route): Promise<void> {
    if (this.isOver || this.chance.below(10) !== 0) return route.continue();
    const [kind] = (Object.entries(this.counts) as [keyof Faults["counts"], number][])
      .sort(([, a], [, b]) => a - b)
      .map(([name]) => name);
    if (kind === undefined) return route.continue();
    this.counts[kind]++;
    switch (kind) {
      case "dropped":
        return route.abort("connectionrefused");
      case "unanswered":
        await route.fetch();
        return route.abort("connectionreset");
      case "late": {
        // It comes to the server beside, or after, the try that follows it.
        const arriving = route.fetch();
        await route.abort("timedout");
        await arriving;
        return;
      }
      case "doubled": {
        const [, second] = await Promise.all([route.fetch(), route.fetch()]);
        return route.fulfill({ response: second });
      }
      case "delayed": {
        const response = await route.fetch();
        await new Promise((resolve) => setTimeout(resolve, 600));
        return route.fulfill({ response });
      }
    }
  }
}

async function makeWork(lead: Page): Promise<string> {
  const project = await makeProject(lead, "Random walk", [PEOPLE.chiara]);
  await storeDocument(lead, project, ARTICLE);
  await publishCodebook(project.split("/").at(-1) ?? "", richCodebook);
  await assignAll(lead, project, { documents: 1, annotators: 1 });
  const rows = await query(
    process.env.FRAMEMARK_TEST_DATABASE ?? "",
    "SELECT id FROM assignment WHERE project_id = $1",
    [project.split("/").at(-1)],
  );
  return String(rows[0]?.id);
}

async function bundledSession(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, "../support/walk-page.ts")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}

/** Opens the document as the page would: by what the server holds, and what is kept here. */
async function openWalk(page: Page, bundle: string, assignmentId: string, seed: number) {
  if (seed > 0) {
    await page.evaluate(() => walk.kept());
    await page.reload();
  }
  await page.evaluate(bundle);
  await page.evaluate(
    ([work, number]) => {
      globalThis.walk = new Walk(work, number);
      return walk.start();
    },
    [await readWork(assignmentId), SEED + seed] as const,
  );
}

/** What a person without any faults would have: undoing goes back to what was there before. */
function modelOf(steps: Step[], context: EditContext): AnnotationStateData {
  let state = EMPTY_STATE;
  const undo: AnnotationState[] = [];
  const redo: AnnotationState[] = [];
  for (const step of steps) {
    const [from, to] = step.kind === "redo" ? [redo, undo] : [undo, redo];
    if (step.kind !== "edit") {
      const before = from.pop();
      if (before === undefined) throw new Error(`Nothing was left to ${step.kind}.`);
      to.push(state);
      state = before;
      continue;
    }
    let after = state;
    for (const change of step.changes) {
      const verdict = applyChange(after, change, context);
      if (verdict.outcome !== "applied") throw new Error(`${change.kind} should be refused.`);
      after = verdict.state;
    }
    // What leaves everything as it was is nothing to undo.
    if (!isDeepStrictEqual(stateToData(state), stateToData(after))) {
      undo.push(state);
      redo.length = 0;
    }
    state = after;
  }
  return dataOf(state);
}

function countEdits(steps: Step[]): number {
  return steps.filter((each) => each.kind === "edit").length;
}

/** As plain as it comes out of a page. */
function dataOf(state: AnnotationState): AnnotationStateData {
  return JSON.parse(JSON.stringify(stateToData(state)));
}
