import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dawidSkene } from "@/lib/domain/aggregation/dawid-skene";
import { compileResponses } from "@/lib/domain/aggregation/responses";
import { binaryUnitizingAlpha } from "@/lib/domain/agreement/binary-alpha";
import { bootstrapSums } from "@/lib/domain/agreement/bootstrap";
import { fleissKappa, gwetAc } from "@/lib/domain/agreement/chance-corrected";
import { pairwiseKappas } from "@/lib/domain/agreement/cohen-kappa";
import { applyDocument } from "@/lib/domain/agreement/corpus-totals";
import { figuresOf } from "@/lib/domain/agreement/document-figures";
import { gamma } from "@/lib/domain/agreement/gamma";
import { bestAlignment } from "@/lib/domain/agreement/gamma-alignment";
import {
  compileContinuum,
  type GammaUnit,
  USUAL_GAMMA,
  unitsOfDocument,
} from "@/lib/domain/agreement/gamma-continuum";
import { coincidences, krippendorffAlpha } from "@/lib/domain/agreement/krippendorff-alpha";
import { measured } from "@/lib/domain/agreement/measured";
import { createRandom } from "@/lib/domain/agreement/random";
import { pickItems, type RatingTable } from "@/lib/domain/agreement/ratings";
import { reportFrom } from "@/lib/domain/agreement/report";
import { computeState } from "@/lib/domain/agreement/report-state";
import type { AgreementInput } from "@/lib/domain/agreement/report-types";
import { unitizingAlpha1995 } from "@/lib/domain/agreement/unitizing-alpha-1995";
import { unitizingFamily } from "@/lib/domain/agreement/unitizing-alpha-2016";
import {
  congruentialDraws,
  generateRatings,
  generateSpanDocuments,
} from "@/lib/domain/agreement/vectors/generated-vectors";

/**
 * Times the agreement core beside reference programs on the same data, in one run on one machine. Processor time is
 * compared, so that other work on the machine disturbs less. The Python packages are installed into a throw-away
 * environment, or taken from the interpreter that FRAMEMARK_BENCH_PYTHON names; DKPro comes from Maven. What is not there is
 * left out, and that is said.
 */

type Timing = { cpu: number; wall: number };
type Reference = {
  times: Record<string, Timing>;
  values: Record<string, number>;
  versions: Record<string, string>;
  missing: string[];
};

const PACKAGES = ["krippendorff", "scikit-learn", "crowd-kit", "pygamma-agreement", "nltk"];

/** Brings packages for its own tests that others stumble over, so it comes without. */
const BARE_PACKAGES = ["irrCAC"];

const own: Record<string, { timing: Timing; value?: number }> = {};

/** Runs until warm, then takes the fastest of several runs. */
function measureOwn(name: string, run: () => number, repeats = 5): void {
  run();
  let best: Timing | null = null;
  let value = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const cpu = process.cpuUsage();
    const wall = performance.now();
    value = run();
    const spent = process.cpuUsage(cpu);
    const timing = { cpu: (spent.user + spent.system) / 1000, wall: performance.now() - wall };
    if (best === null || timing.cpu < best.cpu) best = timing;
  }
  own[name] = { timing: best ?? { cpu: 0, wall: 0 }, value };
}

const SHAPES = {
  "50x2000": { seed: 911, items: 2_000, annotators: 50, categories: 5, missing: 0.3, copy: 0.6 },
  "50x100000": { seed: 5, items: 100_000, annotators: 50, categories: 5, missing: 0.3, copy: 0.6 },
};

const ratings: Record<string, RatingTable> = Object.fromEntries(
  Object.entries(SHAPES).map(([name, plan]) => [name, generateRatings(plan)]),
);

function ratingsOf(name: keyof typeof SHAPES): RatingTable {
  const table = ratings[name];
  if (!table) throw new Error(name);
  return table;
}

function answers(): [string, string, string][] {
  const draw = congruentialDraws(3);
  const rows: [string, string, string][] = [];
  for (let task = 0; task < 2_000; task++) {
    const truth = Math.floor(draw() * 5);
    for (let worker = 0; worker < 50; worker++) {
      if (draw() > 0.2) continue;
      const label = draw() < 0.6 ? truth : Math.floor(draw() * 5);
      rows.push([`w${worker}`, `t${task}`, String(label)]);
    }
  }
  return rows;
}

const CONTINUA: Record<string, { annotators: number; units: number }> = {
  "2x60": { annotators: 2, units: 60 },
  "3x20": { annotators: 3, units: 20 },
  "3x60": { annotators: 3, units: 60 },
  "4x20": { annotators: 4, units: 20 },
};

function listsOf(plan: { annotators: number; units: number }): GammaUnit[][] {
  const [document] = generateSpanDocuments({ seed: 7, documents: 1, labels: 4, ...plan });
  if (!document) throw new Error("no document");
  return unitsOfDocument(document, ["L0", "L1", "L2", "L3"]);
}

function valueIn(measure: { value: number | null }): number {
  return measure.value ?? Number.NaN;
}

function timeRatings(): void {
  for (const name of ["50x2000", "50x100000"] as const) {
    const table = ratingsOf(name);
    for (const level of ["nominal", "interval"] as const) {
      measureOwn(
        `alpha ${level} ${name}`,
        () => valueIn(krippendorffAlpha(table, level)),
        name === "50x2000" ? 20 : 5,
      );
    }
  }
  const small = ratingsOf("50x2000");
  measureOwn("alpha by NLTK 50x2000", () => valueIn(krippendorffAlpha(small, "nominal")), 20);
  measureOwn("AC1 50x2000", () => valueIn(gwetAc(small)), 20);
  measureOwn("Fleiss kappa 50x2000", () => valueIn(fleissKappa(small)), 20);
  measureOwn("kappas 1225 pairs", () =>
    pairwiseKappas(small).reduce((sum, kappa) => sum + valueIn(kappa), 0),
  );
  const rows = Array.from({ length: small.items }, (_, item) => itemRow(pickItems(small, [item])));
  measureOwn(
    "alpha 50x2000, 1,000 resamples",
    () => {
      const bootstrap = bootstrapSums(rows, (sums) => measured(nominalAlpha(sums)), {
        replicates: 1_000,
        random: createRandom(1),
      });
      return bootstrap.mean ?? Number.NaN;
    },
    2,
  );
}

/** What one item adds to nominal alpha: o_cc and n_c by category. */
function itemRow(item: RatingTable): Float64Array {
  const { size, cells, sums } = coincidences(item);
  return Float64Array.from([...sums.map((_, c) => cells[c * size + c] ?? 0), ...sums]);
}

function nominalAlpha(sums: Float64Array): number {
  const size = sums.length / 2;
  let agreeing = 0;
  let total = 0;
  let squares = 0;
  for (let c = 0; c < size; c++) {
    const count = sums[size + c] ?? 0;
    agreeing += sums[c] ?? 0;
    total += count;
    squares += count ** 2;
  }
  return 1 - ((total - 1) * (total - agreeing)) / (total ** 2 - squares);
}

/** Continua for the unitizing alpha of 1995: short articles, and one long text of 10,000 spans. */
const UNITIZING = {
  "alpha_U 1995, 20 x 8 x 48 spans": {
    seed: 21,
    documents: 20,
    annotators: 8,
    units: 60,
    labels: 4,
  },
  "alpha_U 1995, 1 x 8 x 1,250 spans": {
    seed: 22,
    documents: 1,
    annotators: 8,
    units: 1_560,
    labels: 4,
  },
} as const;

function timeSpans(): void {
  for (const [name, plan] of Object.entries(UNITIZING)) {
    const continua = generateSpanDocuments(plan);
    measureOwn(
      name,
      () =>
        continua.reduce((sum, own_) => sum + valueIn(unitizingAlpha1995(own_)), 0) /
        continua.length,
    );
  }
  const documents = generateSpanDocuments(UNITIZING["alpha_U 1995, 20 x 8 x 48 spans"]);
  measureOwn("u-alpha 2016, 20 x 8 x 48 spans", () => valueIn(unitizingFamily(documents).u));
  for (const [name, plan] of Object.entries(CONTINUA)) {
    const lists = listsOf(plan);
    measureOwn(
      `alignment ${name}`,
      () => bestAlignment(compileContinuum(lists), USUAL_GAMMA).disorder,
    );
  }
  const two = listsOf({ annotators: 2, units: 60 });
  measureOwn(
    "gamma 2x60, 30 samples",
    () => valueIn(gamma(two, 3_600, { random: createRandom(1) })),
    5,
  );
  const three = listsOf({ annotators: 3, units: 60 });
  measureOwn(
    "gamma 3x60, 30 samples",
    () => valueIn(gamma(three, 3_600, { random: createRandom(1) })),
    2,
  );
  const eight = listsOf({ annotators: 8, units: 60 });
  measureOwn(
    "gamma 8x60, 30 samples",
    () => valueIn(gamma(eight, 3_600, { random: createRandom(1) })),
    1,
  );
}

function timeReport(): void {
  const input = largeInput();
  const state = computeState(input);
  measureOwn("report, 1M spans: figures", () => computeState(input).totals.compared, 1);
  measureOwn(
    "report, 1M spans: all values and intervals",
    () => reportFrom(input, state).pairs.length,
    2,
  );
  const rows = state.figures.map((figures) => {
    const { total, any, byLabel } = figures.characters;
    const label = byLabel[0] ?? any;
    return Float64Array.of(
      total,
      any.covered,
      any.coincident,
      any.squares,
      label.covered,
      label.coincident,
    );
  });
  measureOwn(
    "|u|alpha, 1M spans, 1,000 resamples of documents",
    () => {
      const figure = (sums: Float64Array) => {
        const [total = 0, covered = 0, coincident = 0, squares = 0] = sums;
        return binaryUnitizingAlpha({ total, covered, coincident, squares });
      };
      const bootstrap = bootstrapSums(rows, figure, { replicates: 1_000, random: createRandom(1) });
      return bootstrap.mean ?? Number.NaN;
    },
    1,
  );
  const [document] = generateSpanDocuments({
    seed: 3,
    documents: 1,
    annotators: 8,
    units: 16,
    labels: 4,
  });
  if (!document) return;
  measureOwn(
    "one document changed: figures and sums",
    () => {
      const figures = figuresOf(document, state.sets);
      applyDocument(state.totals, figures, "add");
      applyDocument(state.totals, figures, "remove");
      return figures.submitters.length;
    },
    200,
  );
}

/** 10,000 documents by 8 of 50 annotators, with tokens. */
function largeInput(): AgreementInput {
  const draw = congruentialDraws(77);
  const documents: { id: string; length: number; tokens: Int32Array }[] = [];
  const submissions: {
    documentId: string;
    annotatorId: string;
    spans: { start: number; end: number; label: string }[];
  }[] = [];
  for (let index = 0; index < 10_000; index++) {
    const id = `d${index}`;
    const truth = Array.from({ length: 16 }, (_, k) => {
      const start = 60 * k + 3 + Math.floor(10 * draw());
      return { start, end: start + 8 + Math.floor(27 * draw()), label: Math.floor(draw() * 4) };
    });
    documents.push({
      id,
      length: 960,
      tokens: Int32Array.from({ length: 320 }, (_, at) => 6 * (at >> 1) + 5 * (at & 1)),
    });
    for (let annotator = 0; annotator < 8; annotator++) {
      const spans = truth.flatMap((unit) => {
        const [a, b, c, f] = [draw(), draw(), draw(), draw()];
        if (a < 0.2) return [];
        const label = `L${f < 0.15 ? (unit.label + 1) % 4 : unit.label}`;
        return [
          {
            start: unit.start + Math.floor(7 * b) - 3,
            end: unit.end + Math.floor(7 * c) - 3,
            label,
          },
        ];
      });
      submissions.push({ documentId: id, annotatorId: `a${(annotator * 7 + index) % 50}`, spans });
    }
  }
  const named = (ids: string[]) => ids.map((id) => ({ id, name: id }));
  return {
    documents,
    submissions,
    annotators: named(Array.from({ length: 50 }, (_, index) => `a${index}`)),
    labels: named(["L0", "L1", "L2", "L3"]),
  };
}

function timeAggregation(rows: readonly [string, string, string][]): void {
  const table = compileResponses(rows.map(([worker, task, label]) => ({ worker, task, label })));
  measureOwn(
    "dawid skene 50 iterations",
    () => dawidSkene(table, { maximumIterations: 50, tolerance: 0 }).logLikelihood,
    3,
  );
}

function writeData(folder: string, rows: readonly [string, string, string][]): void {
  for (const [name, table] of Object.entries(ratings)) {
    writeFileSync(path.join(folder, `${name}.bin`), new Uint8Array(table.codes.buffer));
  }
  const continua = Object.fromEntries(
    Object.entries(CONTINUA).map(([name, plan]) => [
      name,
      listsOf(plan).map((list) => list.map((unit) => [unit.start, unit.end, unit.category])),
    ]),
  );
  const shapes = Object.fromEntries(
    Object.entries(SHAPES).map(([name, { items, annotators }]) => [name, { items, annotators }]),
  );
  writeFileSync(
    path.join(folder, "plan.json"),
    JSON.stringify({ ratings: shapes, continua, answers: rows }),
  );
}

/** Runs the reference programs, or says why not. */
function runReference(folder: string): Reference | null {
  const python = findPython(folder);
  if (python === null) return null;
  const script = path.join(import.meta.dirname, "agreement-reference.py");
  const run = spawnSync(python, [script, folder], { encoding: "utf8", maxBuffer: 1 << 26 });
  if (run.status !== 0) {
    console.log(`The reference programs failed: ${run.stderr.trim().split("\n").at(-1) ?? ""}`);
    return null;
  }
  return JSON.parse(run.stdout.trim().split("\n").at(-1) ?? "null");
}

/** The library that INCEpTION measures with, from Maven; by the class beside this file. */
const DKPRO = "org.dkpro.statistics:dkpro-statistics-agreement:2.2.0";

/** Adds DKPro's time and value, or says why not. */
function runJava(folder: string, reference: Reference): void {
  const repository = path.join(folder, "maven");
  const [group = "", artifact = "", version = ""] = DKPRO.split(":");
  const got = spawnSync(
    "mvn",
    ["-q", `-Dmaven.repo.local=${repository}`, "dependency:get", `-Dartifact=${DKPRO}`],
    { encoding: "utf8" },
  );
  if (got.status !== 0) {
    console.log("Skipped DKPro: there is no Maven on this machine, or it could not fetch it.");
    return;
  }
  const jar = path.join(
    repository,
    ...group.split("."),
    artifact,
    version,
    `${artifact}-${version}.jar`,
  );
  const source = path.join(import.meta.dirname, "AgreementReference.java");
  for (const [name, plan] of Object.entries(UNITIZING)) {
    writeFileSync(path.join(folder, "units.txt"), unitLines(plan).join("\n"));
    const run = spawnSync("java", ["-cp", jar, source, folder], { encoding: "utf8" });
    if (run.status !== 0) {
      console.log(`Skipped DKPro: ${run.stderr?.trim().split("\n")[0] || "there is no Java."}`);
      return;
    }
    const { milliseconds, value } = JSON.parse(run.stdout) as {
      milliseconds: number;
      value: number;
    };
    reference.times[name] = { cpu: milliseconds, wall: milliseconds };
    reference.values[name] = value;
  }
  reference.versions["DKPro agreement"] = version;
}

function unitLines(plan: Parameters<typeof generateSpanDocuments>[0]): string[] {
  return generateSpanDocuments(plan).flatMap(({ length, units }) => [
    `document ${length} ${units.offsets.length - 1}`,
    ...Array.from(units.label, (label, row) => {
      const start = units.start[row] ?? 0;
      const annotator = units.offsets.findIndex((offset) => offset > row) - 1;
      return `unit ${start} ${(units.end[row] ?? 0) - start} ${annotator} L${label}`;
    }),
  ]);
}

function findPython(folder: string): string | null {
  const given = process.env.FRAMEMARK_BENCH_PYTHON;
  if (given) return given;
  const environment = path.join(folder, "python");
  const made = spawnSync("python3", ["-m", "venv", environment], { encoding: "utf8" });
  if (made.status !== 0) {
    console.log("Skipped the reference programs: there is no Python with venv on this machine.");
    return null;
  }
  const python = path.join(environment, "bin", "python");
  const installed = spawnSync(python, ["-m", "pip", "install", "--quiet", ...PACKAGES], {
    encoding: "utf8",
  });
  spawnSync(python, ["-m", "pip", "install", "--quiet", "--no-deps", ...BARE_PACKAGES]);
  if (installed.status === 0) return python;
  console.log("Skipped the reference programs: their packages could not be installed.");
  return null;
}

function print(reference: Reference): void {
  const milliseconds = (time: number) =>
    time < 10 ? time.toFixed(2) : Math.round(time).toString();
  for (const [name, { timing, value }] of Object.entries(own)) {
    const other = reference.times[name];
    const theirs = other
      ? `  reference ${milliseconds(other.cpu)} ms  ratio ${(other.cpu / timing.cpu).toFixed(1)}`
      : "";
    const expected = reference.values[name];
    const apart =
      expected === undefined
        ? ""
        : `  values apart by ${Math.abs(expected - (value ?? 0)).toExponential(1)}`;
    console.log(`${name}: ${milliseconds(timing.cpu)} ms${theirs}${apart}`);
  }
  console.log(
    Object.entries(reference.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
  );
  for (const missing of reference.missing) console.log(`Left out, ${missing}`);
}

const folder = mkdtempSync(path.join(tmpdir(), "framemark-bench-"));
try {
  const rows = answers();
  writeData(folder, rows);
  timeRatings();
  timeSpans();
  timeAggregation(rows);
  timeReport();
  const reference = runReference(folder) ?? { times: {}, values: {}, versions: {}, missing: [] };
  runJava(folder, reference);
  print(reference);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
