import "server-only";
import type { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { isStorable } from "@/lib/domain/text/storable";

/** The JSON of a request, judged by a schema: an object, in UTF-8, of texts that can be stored. */
export async function readJsonBody<Schema extends z.ZodType>(
  request: Request,
  most: number,
  schema: Schema,
): Promise<Result<z.output<Schema>>> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    return failure("invalid", "Send JSON, with the content type application/json.");
  }
  const bytes = await readBytes(request, most);
  if (bytes === null) {
    return failure("invalid", `The request is larger than ${Math.round(most / 1024)} kB.`);
  }
  const body = parseJson(bytes);
  if (body === undefined) return failure("invalid", "The request is not valid JSON.");
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return failure("invalid", "The request must be a JSON object.");
  }
  return judge(schema, body);
}

/** What a schema makes of what was sent; refuses texts that hold a character which cannot be stored. */
export function judge<Schema extends z.ZodType>(
  schema: Schema,
  sent: unknown,
): Result<z.output<Schema>> {
  const broken = brokenPlace(sent, []);
  if (broken !== null) {
    return failure("invalid", "This holds a character that cannot be stored.", { place: broken });
  }
  const parsed = schema.safeParse(sent);
  if (parsed.success) return success(parsed.data);
  const issue = parsed.error.issues[0];
  return failure("invalid", issue?.message ?? "The request is not valid.", {
    place: issue?.path.join(".") ?? "",
  });
}

/** Bytes that are no UTF-8 are no JSON either: read leniently, a name would turn into another. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function brokenPlace(value: unknown, path: readonly (string | number)[]): string | null {
  if (typeof value === "string") return isStorable(value) ? null : path.join(".");
  if (typeof value !== "object" || value === null) return null;
  for (const [key, each] of Object.entries(value)) {
    if (!isStorable(key)) return path.join(".");
    const broken = brokenPlace(each, [...path, key]);
    if (broken !== null) return broken;
  }
  return null;
}

async function readBytes(request: Request, most: number): Promise<Uint8Array | null> {
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.length;
    if (size > most) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}
