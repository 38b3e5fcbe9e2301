import { findDatabaseProblem } from "@/lib/server/instance";

/** Whether the database answers and has what this build needs; a load balancer stops sending while it does not. */
export async function GET(): Promise<Response> {
  const problem = await findDatabaseProblem();
  return new Response(`${problem ?? "ready"}\n`, {
    status: problem === null ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
