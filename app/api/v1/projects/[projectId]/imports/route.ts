import type { Actor } from "@/lib/domain/policy";
import { failure, type Result, success } from "@/lib/domain/result";
import { bodyOf, readMultipart } from "@/lib/server/multipart";
import { fromOwnPages, problemResponse, readJson, respond } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import {
  addImportAddresses,
  addImportFile,
  addImportText,
  createImport,
  listImports,
  readImport,
  startImport,
} from "@/lib/services/imports";

type Context = { params: Promise<{ projectId: string }> };

/** The newest imports of a project. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return respond(listImports(await params));
}

/**
 * Makes an import of what is sent and reads it: a form with files, the bytes of one file (its name in
 * `?name=`), or JSON with texts and addresses. With `?start=yes` it is also stored.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const allowed = fromOwnPages(request);
  if (!allowed.ok) return problemResponse(allowed.failure);
  const { projectId } = await params;
  const actor = await currentActor();
  const query = new URL(request.url).searchParams;
  const taken = await takeBody(request, { projectId, actor, name: query.get("name") });
  if (!taken.ok) return problemResponse(taken.failure);
  const place = { projectId, importId: taken.value.importId };
  if (query.get("read") === "no") return respond(Promise.resolve(taken));
  const where = query.get("start") === "yes" ? "here" : "auto";
  const { settings } = taken.value;
  const read = await readImport.as(actor, { ...place, settings, where });
  if (!read.ok || where === "auto") return respond(Promise.resolve(read));
  return respond(startImport.as(actor, place));
}

type Sender = { projectId: string; actor: Actor | null; name: string | null };
type Taken = { importId: string; settings: unknown };

async function takeBody(request: Request, sender: Sender): Promise<Result<Taken>> {
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/json") && sender.name === null) return takeJson(request, sender);
  const { projectId, actor, name } = sender;
  const made = await createImport.as(actor, { projectId });
  if (!made.ok) return made;
  const { importId } = made.value;
  if (!/^multipart\/form-data\b/i.test(type)) {
    const file = { projectId, importId, name: name ?? "article.txt", bytes: bodyOf(request) };
    const kept = await addImportFile.as(actor, file);
    return kept.ok ? success({ importId, settings: {} }) : kept;
  }
  let settings: unknown = {};
  let problem: Result<never> | null = null;
  const read = await readMultipart(request, {
    field: (field, value) => {
      if (field !== "settings") return;
      const parsed = parseJson(value);
      if (parsed === undefined) problem = failure("invalid", "The settings are not valid JSON.");
      else settings = parsed;
    },
    file: (fileName, bytes) =>
      addImportFile.as(actor, { projectId, importId, name: fileName, bytes }),
  });
  if (problem !== null) return problem;
  return read.ok ? success({ importId, settings }) : read;
}

async function takeJson(request: Request, { projectId, actor }: Sender): Promise<Result<Taken>> {
  const body = await readJson(request);
  if (!body.ok) return body;
  const { texts, addresses, settings = {}, ...others } = body.value;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) return failure("invalid", `There is no field “${unknown}”.`);
  const made = await createImport.as(actor, { projectId });
  if (!made.ok) return made;
  const { importId } = made.value;
  for (const text of Array.isArray(texts) ? texts : []) {
    const given = typeof text === "string" ? { text } : text;
    const kept = await addImportText.as(actor, { ...given, projectId, importId });
    if (!kept.ok) return kept;
  }
  if (addresses !== undefined) {
    const fetched = await addImportAddresses.as(actor, { projectId, importId, addresses });
    if (!fetched.ok) return fetched;
    const refused = fetched.value.find(({ problem }) => problem !== null);
    if (refused?.problem) return failure("invalid", refused.problem, { place: refused.address });
  }
  return success({ importId, settings });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
