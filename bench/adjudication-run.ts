import { openAdjudication } from "@/lib/services/adjudications";
import { decide, mergeByRule } from "@/lib/services/decisions";
import { closeDatabase } from "@/lib/services/program";
import { valueFrom } from "@/tests/services/support/answers";
import { ANNOTATORS, makeDisputed, WORDS } from "./load/disputed";

/** Makes the document with its submissions and prints how long the page's reads and a decision take. */

const RUNS = 7;

const { projectId, adjudicationId, adjudicator } = await makeDisputed();
const { actor } = adjudicator;
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
