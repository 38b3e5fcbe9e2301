/** Works off what waits in a process whose files may not grow, and tells nobody of failures. */
import { closeDatabase } from "@/lib/services/program";
import { runWaitingJobs } from "@/lib/services/worker";

await runWaitingJobs(() => {});
await closeDatabase();
