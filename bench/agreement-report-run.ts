import { reportFrom } from "@/lib/domain/agreement/report";
import { followState } from "@/lib/domain/agreement/report-state";
import { USUAL_CHOICE } from "@/lib/domain/agreement-report/choice";
import { noWork, prepareLayers, reportLayers } from "@/lib/domain/agreement-report/layers";
import { planResampling } from "@/lib/domain/agreement-report/resampled";
import { spanInput } from "@/lib/domain/agreement-report/span-report";
import { allowLongStatements, pool } from "@/lib/server/db";
import { readBasis, readInputHash, readReportWork } from "@/lib/services/agreement-work";
import { closeDatabase, OPERATOR } from "@/lib/services/program";

/** Computes the report of the project that was filled, as the background worker does, and prints what it took. */

allowLongStatements();
const { rows } = await pool().query<{ id: string }>("SELECT id FROM project");
const viewer = { projectId: rows[0]?.id ?? "", userId: OPERATOR.userId };
const choice = USUAL_CHOICE;
const isSpans = ({ level }: { level: string }) => level === "span";

const begun = performance.now();
const basis = await readBasis(viewer, choice);
if (basis.codebook === null) throw new Error("Nothing was submitted.");
const { layers } = basis.codebook.codebook;
const spanLayers = { layers: layers.filter(isSpans) };
const known = noWork(choice);
const work = await readReportWork(viewer, basis, {
  onPart: (part, people) => prepareLayers(spanLayers, part, { known, people }),
});
await readInputHash(viewer, choice);
const read = performance.now();
const [report] = reportLayers(spanLayers, work, choice, known);
const reported = performance.now();
const spanPlans = planResampling(spanLayers, work, choice, known);
for (const { intervalSteps } of spanPlans) for (const step of intervalSteps) step();
const resampled = performance.now();
const otherLayers = { layers: layers.filter((layer) => !isSpans(layer)) };
reportLayers(otherLayers, work, choice);
const others = performance.now();
const otherPlans = planResampling(otherLayers, work, choice);
for (const { intervalSteps } of otherPlans) for (const step of intervalSteps) step();
const done = performance.now();
const intervals = spanPlans[0]?.finish().intervals.length;
const peak = process.resourceUsage().maxRSS / 1024;

console.log(
  [
    `spans, all figures but gamma: ${seconds(reported - begun)} from the database (read with the figures of documents ${seconds(read - begun)}, report ${seconds(reported - read)})`,
    `spans, 1,000 resamples of documents for ${intervals} figures: ${seconds(resampled - reported)}`,
    `answers on documents: ${seconds(others - resampled)}, 1,000 resamples ${seconds(done - others)}`,
    `peak memory ${Math.round(peak)} MiB; alpha ${report?.headline.figure.value?.toFixed(4)}, ${report?.pairs.length} pairs, ${report?.documents.length} documents`,
  ].join("\n"),
);

const [layer] = spanLayers.layers;
if (layer === undefined) throw new Error("There is no layer of spans.");
const input = spanInput(layer, work, work.sets);
const running = followState(input, { kind: choice.distance });
const changes = work.sets.slice(0, 2_000).filter((_, at) => at % 20 === 0);
const live = changes.map(({ versionId }, at) => {
  const own = input.submissions.filter(({ documentId }) => documentId === versionId);
  const changed = own.map((each, index) =>
    index === at % own.length ? { ...each, spans: each.spans.slice(1) } : each,
  );
  const since = performance.now();
  running.replace(versionId, changed);
  const values = reportFrom(input, running.state, { intervals: "none" });
  const known = performance.now();
  const whole = reportFrom(input, running.state);
  const ended = performance.now();
  if (whole.overall.alphaCharacters.value !== values.overall.alphaCharacters.value) {
    throw new Error("The values are not those of the report.");
  }
  return { values: known - since, intervals: ended - known };
});
console.log(
  `one submission changed: all values ${middle(live.map(({ values }) => values))} ms, with jackknife intervals ${middle(live.map(({ intervals }) => intervals))} ms more (medians of ${live.length})`,
);
await closeDatabase();

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function middle(values: number[]): string {
  return ([...values].sort((a, b) => a - b)[values.length >> 1] ?? 0).toFixed(1);
}
