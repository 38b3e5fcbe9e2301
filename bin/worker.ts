/** The background worker: works off imports, releases and other jobs. `npm start` starts one; more may run beside it. */
import { parseInThread } from "@/lib/services/import-thread";
import { closeDatabase } from "@/lib/services/program";
import { startWorker } from "@/lib/services/worker";

parseInThread();
const worker = await startWorker((problem) => console.error(`worker: ${problem}`));
process.send?.("ready");
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    await worker.stop();
    await closeDatabase();
    process.exit(0);
  });
}
