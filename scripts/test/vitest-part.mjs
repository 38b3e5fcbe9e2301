import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ensureBuilt } from "./ensure-built.mjs";
import { runReported } from "./reported-part.mjs";

const vitest = path.join("node_modules", "vitest", "vitest.mjs");

/**
 * @param {"domain" | "services" | "start" | "faults" | "faults-long"} project
 * @param {import("./reported-part.mjs").Context} context
 */
export async function runVitest(project, context) {
  if (project.startsWith("faults")) await ensureBuilt(context);
  const report = path.join(context.temporary, `${project}.json`);
  await runReported(context, {
    name: project,
    folder: path.join("tests", ...project.split("-")),
    file: /\.test\.ts$/,
    argv: [
      vitest,
      "run",
      `--project=${project}`,
      "--allowOnly=false",
      "--reporter=default",
      "--reporter=json",
      `--outputFile=${report}`,
    ],
    readCounts: () => readCounts(report),
  });
}

function readCounts(report) {
  if (!existsSync(report)) return undefined;
  const result = JSON.parse(readFileSync(report, "utf8"));
  // A file that could not be loaded has no tests to count and is a failure all the same.
  const broken = result.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken.length,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
