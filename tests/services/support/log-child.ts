/** Runs use cases that are refused and that fail, on secrets that no line of the log may show. */
import { failure, success } from "@/lib/domain/result";
import { observe } from "@/lib/server/telemetry/observe";
import { openInvite } from "@/lib/services/accounts";

const canary = process.argv[2] ?? "";

await openInvite.as(null, { token: canary });
await observe("test.done", "user-1", async () => success(canary));
await observe("test.refused", "user-1", async () => failure("invalid", canary));
await observe("test.failed", "user-1", async () => {
  throw Object.assign(new TypeError(`cannot read\n${canary}`), { code: "E_TEST", detail: canary });
}).catch(() => {});
process.exit(0);
