import { failure } from "@/lib/domain/result";
import { problemResponse, readJson, respond } from "@/lib/server/respond";
import { cancelImport, openImport, readImport, startImport } from "@/lib/services/imports";

type Context = { params: Promise<{ projectId: string; importId: string }> };

/** How far an import is, and what was found or stored. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return respond(openImport(await params));
}

/** `{"do": "read"}` with settings, `{"do": "start"}` or `{"do": "cancel"}`. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const body = await readJson(request);
  if (!body.ok) return problemResponse(body.failure);
  const place = await params;
  const { do: act, ...input } = body.value;
  switch (act) {
    case "read":
      return respond(readImport({ ...input, ...place } as never));
    case "start":
      return respond(startImport({ ...input, ...place } as never));
    case "cancel":
      return respond(cancelImport({ ...input, ...place } as never));
    default:
      return respond(
        Promise.resolve(failure("invalid", "“do” is read, start or cancel.", { place: "do" })),
      );
  }
}
