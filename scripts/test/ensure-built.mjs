import { build, isBuilt } from "../build.mjs";

/**
 * Counts as a check where a build is due. What needs it then fails by itself, and says so.
 * @param {import("./reported-part.mjs").Context} context
 */
export async function ensureBuilt({ root, tally, signal }) {
  if (isBuilt(root)) return;
  console.log("Building the application ...");
  try {
    await build(root, { signal });
    tally.pass("production build");
  } catch (error) {
    signal.throwIfAborted();
    tally.fail("production build", error);
  }
}
