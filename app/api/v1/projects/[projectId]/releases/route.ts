import { problemResponse, readJson, respond } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import { createRelease, listReleases } from "@/lib/services/releases";

type Context = { params: Promise<{ projectId: string }> };

/** The releases of a project, newest first. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return respond(listReleases.as(await currentActor(), { projectId }));
}

/** Asks for a release: `name`, `settings` and `acceptsFreeText`. A job makes it. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const body = await readJson(request);
  if (!body.ok) return problemResponse(body.failure);
  const { projectId } = await params;
  return respond(createRelease.as(await currentActor(), { ...body.value, projectId }));
}
