import type { Change } from "@/lib/domain/annotation/operation";
import { codePoint } from "@/lib/domain/text/offsets";
import { newId } from "@/lib/server/ids";
import { openAdjudication, startAdjudication } from "@/lib/services/adjudications";
import { editAnnotations } from "@/lib/services/annotations";
import { decide, mergeByRule } from "@/lib/services/decisions";
import { closeDatabase } from "@/lib/services/program";
import { valueFrom } from "@/tests/services/support/answers";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  type TestUser,
} from "@/tests/services/support/factories";

/** Makes the document with its submissions and prints how long the page's reads and a decision take. */

const WORDS = 5_000;
const ANNOTATORS = 8;
const SPANS_EACH = 250;
const BATCH = 100;
const RUNS = 7;
const LABELS = ["naming", "appeal", "presupposition"];

const { projectId } = await makeProject();
const text = paragraphs().join("\n\n");
const document = await makeDocument(projectId, { text });
for (let person = 0; person < ANNOTATORS; person++) {
  await annotate(await makeMember(projectId, "annotator"), person);
}
const { actor } = await makeMember(projectId, "adjudicator");
const { documentId } = document;
const { adjudicationId } = valueFrom(await startAdjudication.as(actor, { projectId, documentId }));
const at = { projectId, adjudicationId };
const open = async () => valueFrom(await openAdjudication.as(actor, at));
const opened = await open();
const spans = opened.items.flatMap(({ options }) => options.flatMap(({ spanIds }) => spanIds));
const cpu = process.cpuUsage();
const times = await timed(open);
const used = process.cpuUsage(cpu);
const processor = Math.round((used.user + used.system) / 1000 / RUNS);
const keys = opened.items.map(({ key, options }) => [key, options[0]?.key ?? ""] as const);
let next = 0;
const decisions = await timed(async () => {
  const [itemKey, option] = keys[next++] ?? ["", ""];
  valueFrom(await decide.as(actor, { ...at, itemKey, kind: "accept", optionKeys: [option] }));
});
const [rule] = await timed(() => mergeByRule.as(actor, { ...at, rule: "anyone" }), 1);
const full = await timed(open);
const kilobytes = Math.round(JSON.stringify(opened).length / 1024);
console.log(
  `${WORDS} words, ${ANNOTATORS} annotators, ${spans.length} spans in ${opened.items.length} items, ${kilobytes} KiB as JSON\n` +
    `open: ${words(times)}, ${processor} ms of processor beside the database; with all decided: ${words(full)}\n` +
    `decide on one: ${words(decisions)}\nall by rule: ${Math.round(rule ?? 0)} ms`,
);
await closeDatabase();

async function timed(act: () => Promise<unknown>, runs = RUNS): Promise<number[]> {
  const found: number[] = [];
  for (let run = 0; run < runs; run++) {
    const since = performance.now();
    await act();
    found.push(performance.now() - since);
  }
  return found.sort((a, b) => a - b);
}

function words(sorted: readonly number[]): string {
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return `median ${Math.round(middle)} ms, worst ${Math.round(sorted.at(-1) ?? 0)} ms`;
}

function paragraphs(): string[] {
  const all = Array.from({ length: WORDS }, (_, place) => `word${place}`);
  return Array.from(
    { length: WORDS / 50 },
    (_, place) => `${all.slice(place * 50, place * 50 + 50).join(" ")}.`,
  );
}

/** Marks at the same places as the others, with other labels and edges now and then. */
async function annotate(user: TestUser, person: number): Promise<void> {
  const assignmentId = await makeAssignment(projectId, document.documentId, user.userId);
  const changes: Change[] = Array.from({ length: SPANS_EACH }, (_, place) => {
    const first = place * 20 + ((person + place) % 2);
    const last = first + 1 + ((person * 7 + place) % 3);
    const start = text.indexOf(`word${first} `);
    const end = text.indexOf(`word${last}`, start) + `word${last}`.length;
    const label = LABELS[(person + place) % 5 === 0 ? 1 : place % LABELS.length] ?? "naming";
    const ranges = [
      { start: codePoint(start), end: codePoint(end), quote: text.slice(start, end) },
    ];
    return {
      kind: "add_span",
      span: {
        ...{ id: newId(), layer: "span", label, ranges, attributes: {} },
        ...{ flags: [], origin: "manual" },
      },
    };
  });
  let baseRevision = 0;
  for (let from = 0; from <= changes.length; from += BATCH) {
    const batch = changes.slice(from, from + BATCH);
    const isLast = from + BATCH > changes.length;
    const answer = valueFrom(
      await editAnnotations.as(user.actor, {
        ...{ assignmentId, clientId: newId(), textSha256: document.sha256, baseRevision },
        operations: [...batch, ...(isLast ? [overall(), { kind: "submit" as const }] : [])].map(
          (change) => ({
            ...{ id: newId(), gestureId: newId(), madeAt: "2026-03-01T10:00:00.000Z", change },
          }),
        ),
      }),
    );
    const refused = answer.results.find(({ outcome }) => outcome !== "applied");
    if (refused !== undefined) throw new Error(JSON.stringify(refused));
    baseRevision = answer.revision;
  }
}

function overall(): Change {
  return {
    kind: "set_unit_label",
    ...{ layer: "overall", label: "1", unit: "document", value: null, evidence: [] },
    ...{ start: codePoint(0), end: codePoint(text.length) },
  };
}
