import type { Instrumentation } from "next";

/** Before the first request: a wrong configuration ends the start with all that is wrong in it. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("./lib/server/env");
  env();
}

/** An error that a page or a handler did not expect, with the number that people are shown. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { describeError, log } = await import("./lib/server/telemetry/log");
  const { countError } = await import("./lib/server/telemetry/metrics");
  countError(context.routePath);
  log("error", "unexpected error", {
    route: context.routePath,
    method: request.method,
    digest: (error as { digest?: string }).digest,
    error: describeError(error),
  });
};
