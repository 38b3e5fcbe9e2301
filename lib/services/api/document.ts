import "server-only";
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject } from "zod-openapi";
import { SCOPE_WORDS } from "@/lib/domain/api/scopes";
import { SOFTWARE } from "@/lib/domain/software";
import { type Operation, TAGS } from "./operation";
import { OPERATIONS } from "./registry";
import { problem, waitingJob } from "./resources";

/** The description of the interface in OpenAPI 3.1, as programs read it. */
export type ApiDocument = ReturnType<typeof createDocument>;

let made: ApiDocument | undefined;

/** The document, made once from the same schemas that judge requests and write answers. */
export function apiDocument(): ApiDocument {
  made ??= withoutClosedRefs(makeDocument());
  return made;
}

/** What a reference leads to says itself which fields there are. */
function withoutClosedRefs<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutClosedRefs) as T;
  const kept = Object.entries(value).filter(
    ([key]) => !("$ref" in value && key === "additionalProperties"),
  );
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutClosedRefs(each)])) as T;
}

function makeDocument(): ApiDocument {
  return createDocument(
    {
      openapi: "3.1.0",
      info: { title: "Framemark", version: SOFTWARE.version, description: ABOUT },
      servers: [{ url: "/api/v1" }],
      tags: TAGS.map((name) => ({ name })),
      security: [{ token: [] }],
      components: {
        securitySchemes: {
          token: {
            type: "http",
            scheme: "bearer",
            bearerFormat: "fmk_…",
            description: `A token of the project, from its page of tokens. Its scopes: ${Object.entries(
              SCOPE_WORDS,
            )
              .map(([scope, words]) => `\`${scope}\`: ${words}.`)
              .join(" ")}`,
          },
        },
      },
      paths: pathsOf(OPERATIONS),
    },
    // Objects may get more fields later: programs pass over what they do not know.
    {
      override: ({ jsonSchema, io }) => {
        if (io === "output" && jsonSchema.additionalProperties === false) {
          delete jsonSchema.additionalProperties;
        }
      },
    },
  );
}

const ABOUT = `Read and write a project: documents, codebooks, assignments, annotations, adjudication, agreement and releases.

Offsets are Unicode code points. Lists come in pages: give \`next\` as \`after\`. Unknown parameters and fields are refused. Every refusal is a problem document (RFC 9457) whose \`title\` says what to do. Answers to reading have an \`ETag\`: send it as \`If-None-Match\`, and 304 says that nothing changed. After 429 and 503 wait for as many seconds as \`Retry-After\` says.`;

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .optional()
  .describe(
    "Made by you, new for each request. Sent again within a day, the request does nothing and gets the first answer.",
  );

const retryAfter = z.string().regex(/^\d+$/).describe("Seconds to wait");

function pathsOf(operations: readonly Operation[]) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describe(operation),
    };
  }
  return paths;
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, description, scope, params, query, isKeyed } = operation;
  const body = bodyOf(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: `${description} Scope of a token: \`${scope}\`.`.trim(),
    requestParams: {
      ...(Object.keys(params.shape).length === 0 ? {} : { path: params }),
      ...(Object.keys(query.shape).length === 0 ? {} : { query }),
      ...(isKeyed ? { header: z.object({ "Idempotency-Key": idempotencyKey }) } : {}),
    },
    ...(body === null ? {} : { requestBody: body }),
    responses: { ...goodAnswers(operation), ...refusals },
  };
}

const bytes = { schema: { type: "string", format: "binary" } } as const;

function bodyOf({ body }: Operation): ZodOpenApiOperationObject["requestBody"] | null {
  if (body === null) return null;
  if (body.kind === "json") {
    return { required: true, content: { "application/json": { schema: body.schema } } };
  }
  const content = Object.fromEntries(body.types.map((type) => [type, contentOf(type)]));
  return {
    required: true,
    content:
      body.json === null ? content : { ...content, "application/json": { schema: body.json } },
  };
}

function contentOf(type: string) {
  if (type !== "multipart/form-data") return bytes;
  const files = { type: "array", items: { type: "string", format: "binary" } } as const;
  return { schema: { type: "object", properties: { files } } } as const;
}

function goodAnswers({ answers, method }: Operation): ZodOpenApiOperationObject["responses"] {
  switch (answers.kind) {
    case "none":
      return { [`${answers.status}`]: { description: "Done" } };
    case "json": {
      const content = { "application/json": { schema: answers.schema } };
      if (method !== "get") {
        return { [`${answers.status}`]: { description: "Done", content } };
      }
      const headers = z.object({ ETag: z.string() });
      return {
        "200": { description: "What was asked for", headers, content },
        "304": { description: "Nothing changed since the answer with this ETag" },
      };
    }
    case "file": {
      const content = Object.fromEntries(
        answers.types.map((type) => [type, type === "application/json" ? { schema: {} } : bytes]),
      );
      const file = { "200": { description: "The file", content } };
      if (!answers.waits) return file;
      return {
        ...file,
        "202": {
          description: "A job writes the file: ask again",
          headers: z.object({ "Retry-After": retryAfter }),
          content: { "application/json": { schema: waitingJob } },
        },
      };
    }
  }
}

/** What any operation may refuse for: named, so that the document says each once. */
const REFUSALS = {
  "401": ["Unauthenticated", "No valid token, and nobody is signed in"],
  "403": ["Forbidden", "The token's scopes or the person's role do not allow it"],
  "404": ["NotFound", "It does not exist, or it is not yours to see"],
  "409": ["Conflict", "It contradicts what is there now"],
  "422": ["Invalid", "The request is not valid: `place` names what is wrong"],
  "429": ["TooMuch", "Too much was asked for at once"],
  "503": ["Busy", "Not possible at the moment"],
} as const;

const refusals: ZodOpenApiOperationObject["responses"] = Object.fromEntries(
  Object.entries(REFUSALS).map(([status, [id, description]]) => [
    status,
    {
      id,
      description,
      ...(id === "TooMuch" || id === "Busy"
        ? { headers: z.object({ "Retry-After": retryAfter.optional() }) }
        : {}),
      content: { "application/problem+json": { schema: problem } },
    },
  ]),
);
