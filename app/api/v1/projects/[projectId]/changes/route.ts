import { eventStream } from "@/lib/server/event-stream";
import { problemResponse } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import { type WatchedPart, watchProgress } from "@/lib/services/progress-watch";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ projectId: string }> };

/** Server-sent events for leads: which parts of the project changed, never what is in them. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  const watching = await watchProgress.as(await currentActor(), { projectId });
  if (!watching.ok) return problemResponse(watching.failure);
  return eventStream<{ projectId: string; parts: WatchedPart[] }>(request.signal, (send) =>
    watching.value.listen((parts) => send({ projectId, parts })),
  );
}
