import { attachmentHeader } from "@/lib/domain/formats/file-name";
import { problemResponse } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import { streamText } from "@/lib/server/stream-text";
import { exportDataset } from "@/lib/services/dataset";

type Context = { params: Promise<{ projectId: string }> };

/** The submitted annotations of a project as a file: `format` is jsonl or csv, `cells` safe or raw. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const file = await exportDataset.as(await currentActor(), { ...query, projectId });
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
