/**
 * Measures Framemark's text view and whole workspace against other editors in one browser, over the
 * same article with the same spans: npm run bench:editor. What can be given is in --help.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { findBrowser, launchFlags } from "@/scripts/browser.mjs";
import { makeArticle, overlapOf } from "./article";
import { bundlePages } from "./bundle";
import { labelStudioBuild } from "./label-studio-package";
import { describeMachine, loadNow, waitForQuiet } from "./machine";
import {
  EDITORS,
  type EditorName,
  type Measured,
  OUT_OF_TIME,
  type RunOptions,
  runOnce,
} from "./runs";
import { type Serving, serve } from "./serve";
import { type CaseResult, printBars, printCase } from "./table";
import { printWeight } from "./weight";

/** Editors that take longer than this for one load are run once: their figures do not hang on a frame. */
const SLOW_LOAD_MS = 5000;

const USAGE = `npm run bench:editor -- [options]
  --cases=1000/100,10000/1000   words/spans (default: all nine)
  --editors=framemark-text,...  ${EDITORS.join(", ")}
  --runs=3      runs of which the median is taken
  --edits=5     spans made, relabelled and deleted in a run
  --frames=240  frames scrolled in a run
  --limit=60    seconds for one run; for the load of the whole editor at most
  --patience=4  seconds to wait for a quiet machine before each run
  --weight      the size of the workspace page's scripts, from a finished build
`;

const { values } = parseArgs({
  options: {
    cases: {
      type: "string",
      default:
        "1000/100,1000/1000,1000/5000,10000/100,10000/1000,10000/5000,100000/100,100000/1000,100000/5000",
    },
    editors: { type: "string", default: EDITORS.join(",") },
    runs: { type: "string", default: "3" },
    edits: { type: "string", default: "5" },
    frames: { type: "string", default: "240" },
    limit: { type: "string", default: "60" },
    patience: { type: "string", default: "4" },
    weight: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(USAGE);
else if (values.weight) process.exitCode = printWeight();
else process.exitCode = await bench();

type Options = {
  editors: EditorName[];
  runs: number;
  edits: number;
  frames: number;
  limit: number;
  patience: number;
};

type Stage = { launch: () => Promise<Browser>; browser: Browser; serving: Serving };

async function bench(): Promise<number> {
  const options: Options = {
    editors: values.editors.split(",").filter(isEditor),
    runs: Number(values.runs),
    edits: Number(values.edits),
    frames: Number(values.frames),
    limit: Number(values.limit),
    patience: Number(values.patience),
  };
  const stage = await prepare(options);
  console.log(
    `${new Date().toISOString().slice(0, 16)}Z, Chromium ${stage.browser.version()}, ${describeMachine()}, load ${loadNow()}`,
  );
  const results: CaseResult[] = [];
  try {
    // Warms up browser and files; not counted.
    await runCase("1000/100", { ...options, runs: 1, edits: 1, frames: 10 }, stage);
    for (const each of values.cases.split(",")) {
      const result = await runCase(each, options, stage);
      results.push(result);
      printCase(result);
    }
    printBars(results);
  } finally {
    await stage.browser.close();
    stage.serving.close();
  }
  return 0;
}

async function prepare({ editors }: Options): Promise<Stage> {
  const cache = path.resolve(import.meta.dirname, "..", "..", "node_modules", ".cache", "bench");
  const pages = path.join(cache, "pages");
  await mkdir(pages, { recursive: true });
  const [labelStudio] = await Promise.all([
    editors.includes("label-studio") ? labelStudioBuild(cache) : "",
    bundlePages(pages),
  ]);
  const { executablePath, environment } = await findBrowser();
  const launch = () =>
    chromium.launch({
      executablePath,
      args: launchFlags,
      chromiumSandbox: false,
      env: { ...process.env, ...environment } as Record<string, string>,
    });
  const serving = await serve({ pages, "label-studio": labelStudio });
  return { launch, browser: await launch(), serving };
}

/** All editors in turn over one article, as often as asked. */
async function runCase(name: string, options: Options, stage: Stage): Promise<CaseResult> {
  const [words = 0, spans = 0] = name.split("/").map(Number);
  const article = makeArticle(words, spans);
  const articleUrl = stage.serving.offer(`${words}-${spans}`, JSON.stringify(article));
  const measured = new Map<EditorName, Measured[]>(options.editors.map((editor) => [editor, []]));
  const tooSlow = new Set<EditorName>();
  const loads: string[] = [];
  for (let run = 0; run < options.runs; run++) {
    for (const editor of options.editors.filter((each) => !tooSlow.has(each))) {
      const idle = await waitForQuiet(options.patience * 1000);
      const one = await runInNewest(stage, {
        ...options,
        address: stage.serving.address,
        editor,
        article,
        articleUrl,
        limit: options.limit * 1000,
      });
      loads.push(`${loadNow().split(" ")[0]} (${Math.round(idle * 100)} % idle)`);
      measured.get(editor)?.push(one);
      // What one run could not do in the time given, the next will not do either.
      if (one.problem === OUT_OF_TIME || (one.first ?? 0) > SLOW_LOAD_MS) tooSlow.add(editor);
    }
  }
  return { words, spans, ...overlapOf(article), limit: options.limit, loads, measured };
}

/** Once more where the browser went away, and in a new browser after anything that went wrong. */
async function runInNewest(stage: Stage, options: Omit<RunOptions, "browser">): Promise<Measured> {
  for (let tries = 1; ; tries++) {
    if (!stage.browser.isConnected()) stage.browser = await stage.launch();
    const one = await runOnce({ ...options, browser: stage.browser });
    if (one.problem === undefined) return one;
    console.error(`${options.articleUrl} ${options.editor}: ${one.problem} (${one.stage})`);
    await stage.browser.close();
    if (one.problem === OUT_OF_TIME || tries === 2) return one;
  }
}

function isEditor(name: string): name is EditorName {
  return EDITORS.some((each) => each === name);
}
