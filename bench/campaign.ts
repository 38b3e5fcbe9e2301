import { parseArgs } from "node:util";
import { planRound } from "@/lib/domain/campaign/plan";
import { planSettingsSchema } from "@/lib/domain/campaign/round-settings";
import { closeDatabase } from "@/lib/services/program";
import { planDocuments } from "@/lib/services/round-store";
import { createRound, previewRound } from "@/lib/services/rounds";
import { runWaitingJobs } from "@/lib/services/worker";
import { valueFrom } from "@/tests/services/support/answers";
import { Annotator } from "./load/annotator";
import { Bars } from "./load/bars";
import { Browser } from "./load/browser";
import { makeDisputed } from "./load/disputed";
import { at, Timing, timed } from "./load/open-model";
import { machine, openStage } from "./load/stage";
import {
  copyArticle,
  findLosses,
  findOverAssigned,
  makeArticle,
  makeStudy,
  makeTeam,
} from "./load/study";

/**
 * Campaigns at their size: a plan of 100,000 documents for 50 annotators, and 200 annotators who claim,
 * save and submit at once on the built server, each at moments fixed beforehand.
 */

const { values: options } = parseArgs({
  options: {
    documents: { type: "string", default: "100000" },
    people: { type: "string", default: "200" },
    seconds: { type: "string", default: "60" },
    /** Stores the plan too, as the worker does: minutes. */
    fill: { type: "boolean", default: false },
    only: { type: "string", default: "plan,work,adjudication" },
  },
});
const PEOPLE = Number(options.people);
const SECONDS = Number(options.seconds);
const WORDS = 600;
/** Changes of one document, the submission included; one every two seconds makes 100 a second of 200 people. */
const CHANGES = 10;
const EVERY_MS = 2_000;

const bars = new Bars();
console.log(machine());
const stage = await openStage();
try {
  if (options.only.includes("plan")) await plan(Number(options.documents));
  if (options.only.includes("work")) await work();
  if (options.only.includes("adjudication")) await adjudicate();
  bars.sum();
} finally {
  await closeDatabase();
  await stage.stop();
}

/** Plans, previews and makes a round of lists. */
async function plan(documents: number): Promise<void> {
  const study = await makeStudy();
  const { documentId } = await makeArticle(study, WORDS);
  await copyArticle(study, documentId, documents - 1);
  const team = await makeTeam(study, stage.address, 50);
  const annotators = team.map(({ userId }) => ({ userId, groups: [] }));
  const settings = { plan: { overlapAnnotators: 3, balance: ["outlet", "length"] as const } };
  console.log(`\nPlanning ${documents.toLocaleString("en")} documents for 50 annotators, 3 each`);
  const input = {
    ...{ projectId: study.projectId, annotators, documentIds: null },
    settings: { plan: { ...settings.plan, balance: [...settings.plan.balance] } },
  };
  const read = await measured(() => planDocuments(study.projectId, null));
  const planned = await measured(async () =>
    planRound({
      ...{ documents: read.value, annotators, trainingIds: [], goldIds: [] },
      settings: planSettingsSchema.parse(input.settings.plan),
    }),
  );
  console.log(`  reading ${seconds(read)}, planning ${seconds(planned)}`);
  const preview = await measured(() => previewRound.as(study.lead.actor, input));
  const { assignments } = valueFrom(preview.value);
  const made = await measured(() => createRound.as(study.lead.actor, { ...input, name: "Main" }));
  valueFrom(made.value);
  bars.check("plan", { value: (read.ms + planned.ms) / 1000, below: 5, unit: "s" });
  bars.check(`preview of ${assignments.toLocaleString("en")}`, {
    ...{ value: preview.ms / 1000, below: 5, unit: "s" },
  });
  bars.check("making the round", { value: made.ms / 1000, below: 5, unit: "s" });
  if (!options.fill) return;
  const filled = await measured(() => runWaitingJobs((problem) => console.log(problem)));
  console.log(`  storing all assignments, in the worker: ${seconds(filled)}`);
}

/** Everybody claims, makes a change every two seconds, submits, and claims again. */
async function work(): Promise<void> {
  const study = await makeStudy();
  const { documentId, article } = await makeArticle(study, WORDS);
  const rounds = Math.ceil((SECONDS * 1000) / (EVERY_MS * CHANGES)) + 1;
  const documents = Math.ceil((PEOPLE * rounds) / 3);
  await copyArticle(study, documentId, documents - 1);
  const team = await makeTeam(study, stage.address, PEOPLE);
  const round = await createRound.as(study.lead.actor, {
    ...{ projectId: study.projectId, name: "Main", documentIds: null },
    settings: { plan: { handOut: "pull", overlapAnnotators: 3 } },
    annotators: team.map(({ userId }) => ({ userId, groups: [] })),
  });
  valueFrom(round);
  const annotators = team.map(({ browser }) => new Annotator(browser, article));
  console.log(`\n${PEOPLE} annotators claim, save and submit for ${SECONDS} s`);
  await warmUp(annotators);
  const timings = {
    claim: new Timing("claim"),
    save: new Timing("save"),
    submit: new Timing("submit"),
  };
  const before = stage.used();
  const start = performance.now() + 500;
  await Promise.all(
    annotators.map((annotator, place) =>
      // One after the other over the time of a document, so that of everything there is as much at any time.
      workThrough(
        annotator,
        study.projectId,
        start + (place * CHANGES * EVERY_MS) / PEOPLE,
        timings,
      ),
    ),
  );
  const after = stage.used();
  const all = Object.values(timings);
  const requests = all.reduce((sum, { count, failed }) => sum + count + failed, 0);
  console.log([Timing.head(), ...all.map((timing) => timing.line())].join("\n"));
  const rate = (PEOPLE * 1000) / EVERY_MS;
  console.log(
    `  ${rate.toFixed(0)} operations a second once all have begun; processor for each request: web ` +
      `${(((after.web - before.web) * 1000) / requests).toFixed(1)} ms, database ` +
      `${(((after.database - before.database) * 1000) / requests).toFixed(1)} ms\n  ${machine()}`,
  );
  bars.check("claim p95", { value: timings.claim.percentile(0.95), below: 300 });
  bars.check("save p95", { value: timings.save.percentile(0.95), below: 150 });
  bars.none(
    "refused or failed",
    all.flatMap(({ name, failed }) => (failed ? [`${failed} ${name}`] : [])),
  );
  bars.none("lost or doubled", await findLosses(study.projectId, annotators));
  const wrong = await findOverAssigned(study.projectId);
  bars.none("over-assigned", wrong === 0 ? [] : [`${wrong} documents`]);
}

/** The page on which a document of 5,000 words with 2,000 spans of 8 annotators is adjudicated. */
async function adjudicate(): Promise<void> {
  const { projectId, adjudicationId, adjudicator } = await makeDisputed();
  const browser = await Browser.signedIn(stage.address, adjudicator.userId);
  console.log("\nOpening the adjudication of 5,000 words with 2,000 spans of 8 annotators");
  const first = new Timing("the first time");
  const again = new Timing("again, one after the other");
  const open = async () => {
    const answer = await browser.get(`/projects/${projectId}/adjudication/${adjudicationId}`);
    if (answer.status !== 200) throw new Error(`${answer.status}`);
  };
  await timed(performance.now(), first, open);
  for (let time = 0; time < 20; time++) await timed(performance.now(), again, open);
  console.log([Timing.head(), first.line(), again.line()].join("\n"));
  bars.check("adjudication opened", { value: first.percentile(1), below: 1_000 });
  bars.check("adjudication opened again p95", { value: again.percentile(0.95), below: 1_000 });
  const failed = first.failed + again.failed;
  bars.none("failed", failed === 0 ? [] : [`${failed}`]);
}

type Timings = Record<"claim" | "save" | "submit", Timing>;

async function workThrough(
  annotator: Annotator,
  projectId: string,
  start: number,
  { claim, save, submit }: Timings,
): Promise<void> {
  const end = start + SECONDS * 1000;
  for (let begin = start; begin < end; begin += CHANGES * EVERY_MS) {
    await at(begin);
    await timed(begin, claim, async () => {
      if (!(await annotator.claim(projectId))) throw new Error("nothing left in the queue");
    });
    const changes: Promise<void>[] = [];
    for (let number = 1; number < CHANGES; number++) {
      const meant = begin + number * EVERY_MS - EVERY_MS / 2;
      await at(meant);
      const change = number === 1 ? annotator.overall() : annotator.nextMark();
      changes.push(annotator.change(change, meant, save));
    }
    await Promise.all(changes);
    const meant = begin + CHANGES * EVERY_MS - EVERY_MS / 2;
    await at(meant);
    await annotator.change({ kind: "submit" }, meant, submit);
  }
}

/** The server has loaded what it needs and compiled what is hot, as on any day but the first. */
async function warmUp(annotators: readonly Annotator[]): Promise<void> {
  for (const { browser } of annotators.slice(0, 100)) {
    const { status } = await browser.get("/account");
    if (status !== 200) throw new Error(`Not signed in: ${status}`);
  }
}

async function measured<T>(act: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const since = performance.now();
  const value = await act();
  return { value, ms: performance.now() - since };
}

function seconds({ ms }: { ms: number }): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
