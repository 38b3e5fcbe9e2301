import { problemResponse, readJson, respond } from "@/lib/server/respond";
import { editAnnotations, readOperations } from "@/lib/services/annotations";

type Context = { params: Promise<{ assignmentId: string }> };

/** Stores a batch of operations; sending it again does nothing and gives the same answer. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const body = await readJson(request);
  if (!body.ok) return problemResponse(body.failure);
  const { assignmentId } = await params;
  return respond(editAnnotations({ ...body.value, assignmentId } as never));
}

/** The log of the caller's annotation set, oldest first. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return respond(readOperations(await params));
}
