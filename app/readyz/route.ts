import { isDatabaseReady } from "@/lib/server/instance";

/** Whether the database answers; a load balancer stops sending while it does not. */
export async function GET(): Promise<Response> {
  const isReady = await isDatabaseReady();
  return new Response(isReady ? "ready\n" : "the database does not answer\n", {
    status: isReady ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
