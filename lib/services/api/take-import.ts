import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/domain/policy";
import { failure, type Result, success } from "@/lib/domain/result";
import { isStorable } from "@/lib/domain/text/storable";
import { readJsonBody } from "@/lib/server/api/read-body";
import { bodyOf, readMultipart } from "@/lib/server/multipart";
import {
  addImportAddresses,
  addImportFile,
  addImportText,
  createImport,
  readImport,
  startImport,
} from "../imports";
import type { Asked } from "./operation";

const MOST_BODY = 256 * 1024;
const text = z.string().min(1).refine(isStorable, "This text has a broken character.");

/** Articles in the request itself, and addresses of pages where the site fetches them. */
export const importBody = z
  .strictObject({
    texts: z
      .array(z.union([text, z.strictObject({ name: z.string().min(1).max(400).optional(), text })]))
      .max(500)
      .optional(),
    addresses: z.array(z.string().min(1).max(4_000)).min(1).max(100).optional(),
    settings: z.record(z.string(), z.unknown()).optional().describe("As for reading an import"),
  })
  .meta({ id: "NewImport" });

type Place = { projectId: string; actor: Actor | null; name: string | undefined };
type Taken = { importId: string; settings: unknown };

/** Makes an import of what is sent, reads it, and stores it where that is asked for. */
export async function takeImport({
  actor,
  params: { projectId },
  query,
  request,
}: Asked<
  { projectId: string },
  {
    name?: string | undefined;
    start?: "yes" | "no" | undefined;
    read?: "yes" | "no" | undefined;
  },
  undefined
>): Promise<Result<unknown>> {
  if (request.body === null) return failure("invalid", "Send a file, texts or addresses.");
  const taken = await takeBody(request, { projectId, actor, name: query.name });
  if (!taken.ok || query.read === "no") return taken;
  const { importId, settings } = taken.value;
  const where = query.start === "yes" ? "here" : "auto";
  const read = await readImport.as(actor, { projectId, importId, settings, where });
  if (!read.ok || where === "auto") return read;
  return startImport.as(actor, { projectId, importId });
}

async function takeBody(request: Request, place: Place): Promise<Result<Taken>> {
  const type = request.headers.get("content-type") ?? "";
  const { projectId, actor, name } = place;
  if (type.startsWith("application/json")) return takeJson(request, place);
  const made = await createImport.as(actor, { projectId });
  if (!made.ok) return made;
  const { importId } = made.value;
  if (!/^multipart\/form-data\b/i.test(type)) {
    const file = { projectId, importId, name: name ?? "article.txt", bytes: bodyOf(request) };
    const kept = await addImportFile.as(actor, file);
    return kept.ok ? success({ importId, settings: {} }) : kept;
  }
  return takeForm(request, { actor, projectId, importId });
}

async function takeForm(
  request: Request,
  { actor, projectId, importId }: { actor: Actor | null; projectId: string; importId: string },
): Promise<Result<Taken>> {
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

async function takeJson(request: Request, { projectId, actor }: Place): Promise<Result<Taken>> {
  const body = await readJsonBody(request, MOST_BODY, importBody);
  if (!body.ok) return body;
  const { texts = [], addresses, settings = {} } = body.value;
  const made = await createImport.as(actor, { projectId });
  if (!made.ok) return made;
  const { importId } = made.value;
  for (const each of texts) {
    const given = typeof each === "string" ? { text: each } : each;
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
