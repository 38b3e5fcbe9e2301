import { respond } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import { openRelease } from "@/lib/services/releases";

type Context = { params: Promise<{ projectId: string; releaseId: string }> };

/** One release with its manifest and the formats it can be had in. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return respond(openRelease.as(await currentActor(), await params));
}
