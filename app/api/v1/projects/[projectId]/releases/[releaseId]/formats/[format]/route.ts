import { attachmentHeader } from "@/lib/domain/formats/file-name";
import { problemResponse } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import { streamBytes } from "@/lib/server/stream-bytes";
import { downloadReleaseFormat } from "@/lib/services/releases";

type Context = { params: Promise<{ projectId: string; releaseId: string; format: string }> };

/**
 * A release in one of the formats. A large one is written by a job first: then the answer is 202 with the
 * job's id, and the file comes when it is asked for again.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { projectId, releaseId, format } = await params;
  const answer = await downloadReleaseFormat.as(await currentActor(), {
    projectId,
    releaseId,
    format,
  });
  if (!answer.ok) return problemResponse(answer.failure);
  if (answer.value.kind === "job")
    return waiting(request, projectId, releaseId, answer.value.jobId);
  const { name, bytes, contentType, open } = answer.value.file;
  return new Response(streamBytes(open()), {
    headers: {
      "content-type": contentType,
      "content-length": String(bytes),
      "content-disposition": attachmentHeader(name),
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

/** A browser goes back to the page, which shows the progress; a program gets the job. */
function waiting(request: Request, projectId: string, releaseId: string, jobId: string): Response {
  if ((request.headers.get("accept") ?? "").includes("text/html")) {
    const location = `/projects/${projectId}/releases/${releaseId}?job=${jobId}`;
    return new Response(null, { status: 303, headers: { location } });
  }
  return Response.json(
    { jobId },
    { status: 202, headers: { "retry-after": "5", "cache-control": "no-store" } },
  );
}
