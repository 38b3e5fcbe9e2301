import { apiDocument } from "@/lib/services/api/document";

/** What the interface does, for other programs; open to all, as it says nothing of anybody. */
export function GET(): Response {
  return Response.json(apiDocument(), { headers: { "cache-control": "public, max-age=300" } });
}
