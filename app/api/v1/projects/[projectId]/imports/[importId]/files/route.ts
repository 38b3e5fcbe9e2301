import { bodyOf } from "@/lib/server/multipart";
import { fromOwnPages, problemResponse, respond } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import { addImportFile } from "@/lib/services/imports";

type Context = { params: Promise<{ projectId: string; importId: string }> };

/**
 * Takes one file into an open import: its bytes as they are, its name in `?name=`. Where the request says
 * how long it is, or its SHA-256 in `X-Content-SHA256`, a file that differs is refused.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const allowed = fromOwnPages(request);
  if (!allowed.ok) return problemResponse(allowed.failure);
  const length = request.headers.get("content-length");
  const sha256 = request.headers.get("x-content-sha256");
  return respond(
    addImportFile.as(await currentActor(), {
      ...(await params),
      name: new URL(request.url).searchParams.get("name") ?? "article.txt",
      bytes: bodyOf(request),
      ...(length === null ? {} : { size: Number(length) }),
      ...(sha256 === null ? {} : { sha256 }),
    }),
  );
}
