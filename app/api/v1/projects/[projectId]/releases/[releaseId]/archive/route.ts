import { attachmentHeader } from "@/lib/domain/formats/file-name";
import { problemResponse } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import { streamBytes } from "@/lib/server/stream-bytes";
import { downloadRelease } from "@/lib/services/releases";

type Context = { params: Promise<{ projectId: string; releaseId: string }> };

/** The archive of a release; it never changes, so its hash is its tag. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const file = await downloadRelease.as(await currentActor(), await params);
  if (!file.ok) return problemResponse(file.failure);
  const { name, bytes, contentType, sha256, open } = file.value;
  return new Response(streamBytes(open()), {
    headers: {
      "content-type": contentType,
      "content-length": String(bytes),
      "content-disposition": attachmentHeader(name),
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      ...(sha256 === null ? {} : { etag: `"${sha256}"` }),
    },
  });
}
