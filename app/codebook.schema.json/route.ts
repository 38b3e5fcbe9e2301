import { codebookJsonSchema } from "@/lib/domain/codebook/json-schema";

export const dynamic = "force-static";

/** The language of codebooks for other programs; open to all, as it says nothing of anybody. */
export function GET(): Response {
  return Response.json(codebookJsonSchema(), {
    headers: { "content-type": "application/schema+json" },
  });
}
