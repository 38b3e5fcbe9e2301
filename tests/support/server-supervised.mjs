/** The real supervisor over the tiny web server: no installation, no build, no demo. */
import path from "node:path";
import { supervise } from "../../scripts/supervise.mjs";

const here = import.meta.dirname;

await supervise({
  root: path.resolve(here, "..", ".."),
  mode: "production",
  safety: "fast",
  prepare: [],
  build: undefined,
  firstStart: ["--eval", "console.log('an empty database was met')"],
  web: () => ({ argv: [path.join(here, "server-tiny.mjs")], cwd: here }),
});
