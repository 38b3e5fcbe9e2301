import { parseArgs } from "node:util";
import { writeCursor } from "@/lib/domain/corpus/cursor";
import { db, pool } from "@/lib/server/db";
import { listDocuments } from "@/lib/services/document-search";
import { closeDatabase } from "@/lib/services/program";
import { createRound } from "@/lib/services/rounds";
import { valueFrom } from "@/tests/services/support/answers";
import { Annotator } from "./load/annotator";
import { Bars } from "./load/bars";
import { Browser } from "./load/browser";
import { at, atRate, Timing, timed } from "./load/open-model";
import { machine, openStage } from "./load/stage";
import {
  copyArticle,
  findLosses,
  findOverAssigned,
  makeArticle,
  makeStudy,
  makeTeam,
  putToWork,
} from "./load/study";

/**
 * The built server under the load of 200 annotators. Requests begin at moments fixed beforehand, whether
 * or not earlier ones have been answered, and are timed from those moments.
 */

const { values: options } = parseArgs({
  options: {
    people: { type: "string", default: "200" },
    seconds: { type: "string", default: "60" },
    documents: { type: "string", default: "100000" },
    /** Parts: saves and burst (LOAD-1, 2), claims (3), pages (4), lists (5), agreement (6). */
    only: { type: "string", default: "saves,burst,claims,pages,lists,agreement" },
  },
});
const PEOPLE = Number(options.people);
const SECONDS = Number(options.seconds);
const EVERY_MS = 2_000;

/** Gives each document four fifths of what its annotator marked in the first, now and then by another name. */
const SUBMIT_ALL = `
WITH model AS (
  SELECT s.id, s.annotator_id, s.revision, x.layer_key, x.label_key, x.start, x."end", x.ranges, x.quotes
    FROM annotation_set s JOIN span x ON x.project_id = s.project_id AND x.annotation_set_id = s.id
   WHERE s.project_id = $1
), other AS (
  SELECT s.* FROM annotation_set s
   WHERE s.project_id = $1 AND s.revision = 0
), marked AS (
  INSERT INTO span (project_id, id, annotation_set_id, text_length, codebook_version_id, layer_key,
                    label_key, start, "end", ranges, quotes, flags)
  SELECT $1, gen_random_uuid(), o.id, o.text_length, o.codebook_version_id, m.layer_key,
         CASE WHEN random() < 0.2 THEN 'appeal' ELSE m.label_key END, m.start, m."end", m.ranges, m.quotes, '{}'
    FROM other o JOIN model m ON m.annotator_id = o.annotator_id
   WHERE random() < 0.8
), sent AS (
  UPDATE assignment a SET state = 'submitted', submitted_at = now(), started_at = now()
   WHERE a.project_id = $1
)
UPDATE annotation_set SET submitted_revision = revision WHERE project_id = $1`;

const bars = new Bars();
console.log(machine());
const stage = await openStage();
try {
  const parts = { saves, burst, claims, pages, lists, agreement };
  for (const [name, run] of Object.entries(parts)) {
    if (options.only.split(",").includes(name)) await run();
  }
  bars.sum();
} finally {
  await closeDatabase();
  await stage.stop();
}

async function makeDesks(people: number, gather: number) {
  const study = await makeStudy();
  const { documentId, article } = await makeArticle(study, 600);
  const team = await makeTeam(study, stage.address, people);
  const annotators = await putToWork(study, documentId, article, { team, gather });
  await warmUp(annotators);
  return { ...study, annotators };
}

/** The first requests make the server load and compile what is hot. */
async function warmUp(annotators: readonly Annotator[]): Promise<void> {
  const timing = new Timing("warm-up");
  for (const annotator of annotators.slice(0, 100)) {
    await annotator.change(annotator.nextMark(), performance.now(), timing);
  }
}

async function saves(): Promise<void> {
  console.log(`\nLOAD-1: ${PEOPLE} annotators, a change of each every 2 s, ${SECONDS} s`);
  const { projectId, annotators } = await makeDesks(PEOPLE, 0);
  const save = new Timing("save");
  await reported(save, () =>
    changeEvenly(annotators, save, { everyMs: EVERY_MS, seconds: SECONDS }),
  );
  bars.check("LOAD-1 save p95", { value: save.percentile(0.95), below: 150 });
  bars.check("LOAD-1 save p99", { value: save.percentile(0.99), below: 400 });
  bars.none("LOAD-1 errors", save.failed === 0 ? [] : [`${save.failed}`]);
  bars.none("LOAD-1 lost or doubled", await findLosses(projectId, annotators));
}

async function burst(): Promise<void> {
  const seconds = 10;
  console.log(`\nLOAD-2: 1,000 changes a second for ${seconds} s, sent together as browsers do`);
  const { projectId, annotators } = await makeDesks(PEOPLE, 150);
  const change = new Timing("change, from made to stored");
  const end = await reported(change, () =>
    changeEvenly(annotators, change, { everyMs: PEOPLE, seconds }),
  );
  const drained = (performance.now() - end) / 1000;
  bars.check("LOAD-2 backlog drained", { value: drained, below: 5, unit: "s" });
  bars.none("LOAD-2 errors", change.failed === 0 ? [] : [`${change.failed}`]);
  bars.none("LOAD-2 lost or doubled", await findLosses(projectId, annotators));
}

/** Everybody's changes at fixed distances, spread over the time between two; answers the end of the last. */
async function changeEvenly(
  annotators: readonly Annotator[],
  timing: Timing,
  { everyMs, seconds }: { everyMs: number; seconds: number },
): Promise<number> {
  const start = performance.now() + 200;
  const end = start + seconds * 1000;
  await Promise.all(
    annotators.map(async (annotator, place) => {
      const changes: Promise<void>[] = [];
      const first = start + (place * everyMs) / annotators.length;
      for (let meant = first; meant < end; meant += everyMs) {
        await at(meant);
        changes.push(annotator.change(annotator.nextMark(), meant, timing));
      }
      await Promise.all(changes);
    }),
  );
  return end;
}

async function claims(): Promise<void> {
  console.log(`\nLOAD-3: ${PEOPLE} annotators take a document`);
  const study = await makeStudy();
  const { documentId, article } = await makeArticle(study, 600);
  await copyArticle(study, documentId, PEOPLE);
  const team = await makeTeam(study, stage.address, PEOPLE);
  const annotators = team.map(({ browser }) => new Annotator(browser, article));
  const open = async () =>
    valueFrom(
      await createRound.as(study.lead.actor, {
        ...{ projectId: study.projectId, name: "Main", documentIds: null },
        settings: { plan: { handOut: "pull", overlapAnnotators: 3 }, mostOpen: 50 },
        annotators: team.map(({ userId }) => ({ userId, groups: [] })),
      }),
    );
  const take = async (annotator: Annotator | undefined) => {
    if (!(await annotator?.claim(study.projectId))) throw new Error("nothing in the queue");
  };
  await open();
  await take(annotators[0]);
  await finishAll(study.projectId);
  const answered = new Timing("nothing asked of it (/livez), all at once");
  await Promise.all(
    annotators.map(({ browser }) =>
      timed(performance.now(), answered, async () => void (await browser.get("/livez"))),
    ),
  );
  const together = new Timing("claim, all at once");
  const since = performance.now();
  await reported(together, () =>
    Promise.all(
      annotators.slice(1).map((annotator) => timed(since, together, () => take(annotator))),
    ),
  );
  const all = (performance.now() - since) / 1000;
  console.log(answered.line());
  await finishAll(study.projectId);
  const spread = new Timing("claim, 20 a second");
  await reported(spread, () =>
    atRate({ perSecond: 20, seconds: PEOPLE / 20 }, spread, (number) => take(annotators[number])),
  );
  bars.check("LOAD-3 claim p95, all at once", { value: together.percentile(0.95), below: 300 });
  bars.check("LOAD-3 claim p95, 20 a second", { value: spread.percentile(0.95), below: 300 });
  bars.check("LOAD-3 all have one", { value: all, below: 5, unit: "s" });
  const failed = together.failed + spread.failed;
  bars.none("LOAD-3 errors", failed === 0 ? [] : [`${failed}`]);
  const wrong = await findOverAssigned(study.projectId);
  bars.none("LOAD-3 over-assigned", wrong === 0 ? [] : [`${wrong} documents`]);
}

/** What everybody has counts as submitted, so that they may take another. */
async function finishAll(projectId: string): Promise<void> {
  await pool().query(
    `UPDATE assignment SET state = 'submitted', submitted_at = now(), lease_until = NULL
      WHERE project_id = $1 AND state <> 'submitted'`,
    [projectId],
  );
}

async function pages(): Promise<void> {
  console.log("\nLOAD-4: an article of 5,000 words with 500 spans is opened, 20 times a second");
  const study = await makeStudy();
  const { documentId, article } = await makeArticle(study, 5_000);
  const team = await makeTeam(study, stage.address, 10);
  const annotators = await putToWork(study, documentId, article, { team });
  const marked = new Timing("mark");
  for (const annotator of annotators) {
    await Promise.all(
      Array.from({ length: 500 }, () =>
        annotator.change(annotator.nextMark(), performance.now(), marked),
      ),
    );
  }
  const open = new Timing("open");
  const place = (number: number) => number % annotators.length;
  const read = async (number: number) => {
    const annotator = annotators[place(number)];
    const answer = await annotator?.browser.get(`/assignments/${annotator.assignmentId}`);
    if (answer?.status !== 200) throw new Error(`${answer?.status}`);
  };
  for (let number = 0; number < 20; number++) await read(number);
  await reported(open, () => atRate({ perSecond: 20, seconds: 15 }, open, read));
  bars.check("LOAD-4 open p95", { value: open.percentile(0.95), below: 150 });
  bars.none("LOAD-4 errors", open.failed === 0 ? [] : [`${open.failed}`]);
}

async function lists(): Promise<void> {
  const documents = Number(options.documents);
  console.log(`\nLOAD-5: any page of a list of ${documents.toLocaleString("en")} documents`);
  const study = await makeStudy();
  const { documentId } = await makeArticle(study, 50);
  await copyArticle(study, documentId, documents - 1);
  const browser = await Browser.signedIn(stage.address, study.lead.userId);
  const { projectId } = study;
  const [bounds] = await db().$queryRaw<{ first: bigint; last: bigint }[]>`
    SELECT min(seq) AS first, max(seq) AS last FROM document WHERE project_id = ${projectId}::uuid`;
  const first = Number(bounds?.first ?? 0);
  const span = Number(bounds?.last ?? 0) - first;
  // Places all over the list, the same in each run.
  const after = (number: number) =>
    writeCursor(
      "-added",
      null,
      String(first + Math.floor((span * ((number * 37) % 100)) / 100) + 60),
    );
  const query = new Timing("the list's use case");
  for (let number = 0; number < 100; number++) {
    const input = { projectId, after: after(number) };
    await timed(performance.now(), query, async () => {
      valueFrom(await listDocuments.as(study.lead.actor, input));
    });
  }
  const page = new Timing("page, 5 a second");
  const read = async (number: number) => {
    const answer = await browser.get(`/projects/${projectId}/documents?after=${after(number)}`);
    if (answer.status !== 200) throw new Error(`${answer.status}`);
  };
  for (let number = 0; number < 10; number++) await read(number);
  await reported(page, () => atRate({ perSecond: 5, seconds: 20 }, page, read));
  console.log(query.line());
  bars.check("LOAD-5 page p95", { value: page.percentile(0.95), below: 100 });
  bars.check("LOAD-5 list p95, without the page", { value: query.percentile(0.95), below: 20 });
  bars.none("LOAD-5 errors", page.failed === 0 ? [] : [`${page.failed}`]);
}

async function agreement(): Promise<void> {
  console.log("\nLOAD-6: agreement of 1,000 documents, 3 annotators, 20 spans, while others save");
  const study = await makeStudy();
  const { documentId, article } = await makeArticle(study, 600);
  await copyArticle(study, documentId, 999);
  const team = await makeTeam(study, stage.address, 3);
  const round = await createRound.as(study.lead.actor, {
    ...{ projectId: study.projectId, name: "Main", documentIds: null },
    settings: { plan: { overlapAnnotators: 3 } },
    annotators: team.map(({ userId }) => ({ userId, groups: [] })),
  });
  valueFrom(round);
  const models = await putToWork(study, documentId, article, { team });
  const timing = new Timing("mark");
  for (const model of models) {
    await model.change(model.overall(), performance.now(), timing);
    await Promise.all(
      Array.from({ length: 25 }, () => model.change(model.nextMark(), performance.now(), timing)),
    );
  }
  await pool().query(SUBMIT_ALL, [study.projectId]);
  const { annotators } = await makeDesks(PEOPLE, 0);
  stage.startWorker();
  await at(performance.now() + 10_000); // it has compiled itself
  const alone = new Timing("save, nothing else running");
  await reported(alone, () => changeEvenly(annotators, alone, { everyMs: EVERY_MS, seconds: 10 }));
  const beside = new Timing("save, while it is computed");
  const asked = performance.now();
  const saving = reported(beside, () =>
    changeEvenly(annotators, beside, { everyMs: EVERY_MS, seconds: 20 }),
  );
  const lead = await Browser.signedIn(stage.address, study.lead.userId);
  const { status } = await lead.get(`/projects/${study.projectId}/agreement`);
  if (status !== 200) throw new Error(`${status}`);
  console.log(`  the page that asks for it: ${Math.round(performance.now() - asked)} ms`);
  let took = Number.POSITIVE_INFINITY;
  while (took === Number.POSITIVE_INFINITY && performance.now() - asked < 120_000) {
    const { rows } = await pool().query<{ seconds: number }>(
      "SELECT seconds FROM agreement_result WHERE project_id = $1 AND part = 'figures'",
      [study.projectId],
    );
    if (rows.length > 0) took = (performance.now() - asked) / 1000;
    await at(performance.now() + 200);
  }
  await saving;
  bars.check("LOAD-6 agreement, from asked to there", { value: took, below: 10, unit: "s" });
  bars.check("LOAD-6 save p95, times that without", {
    ...{ value: beside.percentile(0.95) / alone.percentile(0.95), below: 2, unit: "x" },
  });
  bars.none("LOAD-6 errors", beside.failed === 0 ? [] : [`${beside.failed}`]);
}

/** Prints what was measured with the processor time that it took; answers what \`act` did. */
async function reported<T>(timing: Timing, act: () => Promise<T>): Promise<T> {
  const before = stage.used();
  const value = await act();
  const after = stage.used();
  const requests = Math.max(1, timing.count + timing.failed);
  const each = (seconds: number) => ((seconds * 1000) / requests).toFixed(1);
  console.log(`${Timing.head()}\n${timing.line()}`);
  console.log(
    `    processor for each: web ${each(after.web - before.web)} ms, database ` +
      `${each(after.database - before.database)} ms; ${machine()}`,
  );
  return value;
}
