import { attachmentHeader } from "@/lib/domain/formats/file-name";
import { problemResponse } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import { streamText } from "@/lib/server/stream-text";
import { exportGold } from "@/lib/services/gold";

type Context = { params: Promise<{ projectId: string }> };

/** The gold layer of the finished documents of a project as JSONL. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  const file = await exportGold.as(await currentActor(), { projectId });
  if (!file.ok) return problemResponse(file.failure);
  const { name, contentType, pieces } = file.value;
  return new Response(streamText(pieces), {
    headers: {
      "content-type": contentType,
      "content-disposition": attachmentHeader(name),
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
