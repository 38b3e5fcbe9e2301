import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/server/env";
import { readMetrics } from "@/lib/server/telemetry/metrics";

/** Figures for Prometheus, for whoever has the token of FRAMEMARK_METRICS_TOKEN; without one there is no such page. */
export async function GET(request: Request): Promise<Response> {
  const token = env().FRAMEMARK_METRICS_TOKEN;
  const given = request.headers.get("authorization") ?? "";
  if (token === undefined || !isSame(given, `Bearer ${token}`)) {
    return new Response("There is nothing here.\n", { status: 404 });
  }
  const { text, contentType } = await readMetrics();
  return new Response(text, {
    headers: { "content-type": contentType, "cache-control": "no-store" },
  });
}

/** In a time that does not tell how much of it is right. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
