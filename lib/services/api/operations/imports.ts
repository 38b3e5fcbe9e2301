import "server-only";
import { z } from "zod";
import { rowLines } from "@/lib/domain/imports/row-lines";
import { type Result, success } from "@/lib/domain/result";
import { bodyOf } from "@/lib/server/multipart";
import {
  addImportFile,
  cancelImport,
  type ImportRowPage,
  listImportRows,
  listImports,
  openImport,
  readImport,
  startImport,
} from "../../imports";
import { created, defineDownload, defineOperation } from "../operation";
import { inProject, integerInQuery, pageQuery } from "../parameters";
import { importRow, importView, listedImport, pageOf } from "../resources";
import { importBody, takeImport } from "../take-import";
import { pageOfAll } from "../whole-list";

const path = "/projects/{projectId}/imports";
const tag = "Imports";
const inAll = z.strictObject(inProject);
const params = z.strictObject({ ...inProject, importId: z.uuid() });
const name = z.string().min(1).max(400).optional().describe("Name of the file, with its ending");
const anything = z.record(z.string(), z.unknown());
const where = z.enum(["auto", "here", "background"]).optional();
const show = z.enum(["all", "troubled", "fresh", "known", "refused", "stored"]).optional();

export const importOperations = [
  defineOperation(
    {
      id: "listImports",
      method: "get",
      path,
      tag,
      summary: "The newest imports, up to twenty",
      scope: "read",
      params: inAll,
      query: z.strictObject(pageQuery),
      answers: pageOf(listedImport, "ListedImport"),
    },
    async ({ actor, params, query }) =>
      pageOfAll(await listImports.as(actor, params), "imports", ({ importId }) => importId, query),
  ),
  defineOperation(
    {
      id: "createImport",
      method: "post",
      path,
      tag,
      summary: "Send documents: files, the bytes of one file, or JSON with texts and addresses",
      description:
        "What is sent is read, and the answer says what would be stored. With `start=yes` it is stored at once. A text that the project has already is found and not stored again.",
      scope: "import",
      params: inAll,
      query: z.strictObject({
        name,
        start: z.enum(["yes", "no"]).optional().describe("Whether to store what was read"),
        read: z.enum(["yes", "no"]).optional().describe("`no` only takes the files"),
      }),
      bytes: { types: ["multipart/form-data", "application/octet-stream"], json: importBody },
      answers: created(importView),
      cost: 10,
    },
    takeImport,
  ),
  defineOperation(
    {
      id: "openImport",
      method: "get",
      path: `${path}/{importId}`,
      tag,
      summary: "How far an import is, and what was found or stored",
      scope: "read",
      params,
      answers: importView,
    },
    ({ actor, params }) => openImport.as(actor, params),
  ),
  defineOperation(
    {
      id: "changeImport",
      method: "post",
      path: `${path}/{importId}`,
      tag,
      summary: "Read an import, with settings; start storing it; or cancel it",
      scope: "import",
      params,
      body: z.discriminatedUnion("do", [
        z.strictObject({ do: z.literal("read"), settings: anything.optional(), where }),
        z.strictObject({ do: z.literal("start"), where }),
        z.strictObject({ do: z.literal("cancel") }),
      ]),
      answers: importView,
      cost: 5,
    },
    ({ actor, params, body }) => {
      const { do: act, ...input } = { settings: undefined, where: undefined, ...body };
      const given = Object.fromEntries(
        Object.entries(input).filter(([, value]) => value !== undefined),
      );
      switch (act) {
        case "read":
          return readImport.as(actor, { ...given, ...params });
        case "start":
          return startImport.as(actor, { ...given, ...params });
        case "cancel":
          return cancelImport.as(actor, params);
      }
    },
  ),
  defineOperation(
    {
      id: "addImportFile",
      method: "post",
      path: `${path}/{importId}/files`,
      tag,
      summary: "Take one file into an open import: its bytes as they are",
      description:
        "Where the request says how long it is, or its SHA-256 in `X-Content-SHA256`, a file that differs is refused.",
      scope: "import",
      params,
      query: z.strictObject({ name }),
      bytes: { types: ["application/octet-stream"] },
      answers: created(
        z
          .object({ fileId: z.uuid(), name: z.string(), size: z.int(), sha256: z.string() })
          .meta({ id: "TakenFile" }),
      ),
    },
    ({ actor, params, query, request }) => {
      const length = request.headers.get("content-length");
      const sha256 = request.headers.get("x-content-sha256");
      return addImportFile.as(actor, {
        ...params,
        name: query.name ?? "article.txt",
        bytes: bodyOf(request),
        ...(length === null ? {} : { size: Number(length) }),
        ...(sha256 === null ? {} : { sha256 }),
      });
    },
  ),
  defineOperation(
    {
      id: "listImportRows",
      method: "get",
      path: `${path}/{importId}/rows`,
      tag,
      summary: "What became of each article of an import, in the order of its files",
      scope: "read",
      params,
      query: z.strictObject({
        show,
        after: integerInQuery(0).optional().describe("`next` of the page before"),
        limit: integerInQuery(1, 200).optional(),
      }),
      answers: z
        .object({ rows: z.array(importRow), next: z.int().nullable() })
        .meta({ id: "ImportRowPage" }),
    },
    ({ actor, params, query }) => listImportRows.as(actor, { ...query, ...params }),
  ),
  defineDownload(
    {
      id: "downloadImportRows",
      method: "get",
      path: `${path}/{importId}/rows.csv`,
      tag,
      summary: "What became of each article of an import, as a table",
      scope: "read",
      params,
      query: z.strictObject({ show }),
      answers: { kind: "file", types: ["text/csv"], waits: false },
      cost: 5,
    },
    async ({ actor, params, query }) => {
      const input = { ...query, ...params };
      const first = await listImportRows.as(actor, input);
      if (!first.ok) return first;
      const content = allRows(first, (after) => listImportRows.as(actor, { ...input, after }));
      const contentType = "text/csv; charset=utf-8";
      return success({
        file: { name: "import-rows.csv", contentType, bytes: null, tag: null, content },
      });
    },
  ),
];

/** Lines of a table, a page at a time, as fast as they are taken. */
function allRows(
  first: Result<ImportRowPage>,
  readAfter: (after: number) => Promise<Result<ImportRowPage>>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let page: Result<ImportRowPage> | null = first;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (page === null) return controller.close();
      if (!page.ok) return controller.error(new Error(page.failure.message));
      const { rows, next } = page.value;
      controller.enqueue(encoder.encode(rowLines(rows, page === first ? "with_head" : "rows")));
      page = next === null ? null : await readAfter(next);
    },
  });
}
