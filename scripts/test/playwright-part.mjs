import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { findBrowser } from "../browser.mjs";
import { ensureBuilt } from "./ensure-built.mjs";
import { runReported } from "./reported-part.mjs";

const playwright = path.join("node_modules", "@playwright", "test", "cli.js");

/** @param {import("./reported-part.mjs").Context} context */
export async function runPlaywright(context) {
  await ensureBuilt(context);
  let browser;
  try {
    browser = await findBrowser();
  } catch (error) {
    context.tally.fail("a browser for the tests", error);
    return;
  }
  const report = path.join(context.temporary, "e2e.json");
  await runReported(context, {
    name: "e2e",
    folder: path.join("tests", "e2e"),
    file: /\.(test|spec)\.ts$/,
    argv: [playwright, "test", "--reporter=list,json"],
    environment: {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      FRAMEMARK_TEST_BROWSER: JSON.stringify(browser),
    },
    readCounts: () => readCounts(report),
  });
}

function readCounts(report) {
  if (!existsSync(report)) return undefined;
  const { stats, errors } = JSON.parse(readFileSync(report, "utf8"));
  return {
    // One that passed only at its second try is listed as flaky above the counts, to be mended.
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}
