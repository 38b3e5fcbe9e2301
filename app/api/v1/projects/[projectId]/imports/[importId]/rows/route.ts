import { attachmentHeader } from "@/lib/domain/formats/file-name";
import { rowLines } from "@/lib/domain/imports/row-lines";
import type { Result } from "@/lib/domain/result";
import { problemResponse, respond } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import { type ImportRowPage, listImportRows } from "@/lib/services/imports";

type Context = { params: Promise<{ projectId: string; importId: string }> };

/** Rows of an import as JSON, page by page, or with `?format=csv` all that `show` asks for as a file. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const place = await params;
  const { format, ...query } = Object.fromEntries(new URL(request.url).searchParams);
  const actor = await currentActor();
  const input = { ...query, ...place };
  if (format !== "csv") return respond(listImportRows.as(actor, input));
  const first = await listImportRows.as(actor, input);
  if (!first.ok) return problemResponse(first.failure);
  let page: Result<ImportRowPage> | null = first;
  const encoder = new TextEncoder();
  const lines = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (page === null) return controller.close();
      if (!page.ok) return controller.error(new Error(page.failure.message));
      const { rows, next } = page.value;
      controller.enqueue(encoder.encode(rowLines(rows, page === first ? "with_head" : "rows")));
      page = next === null ? null : await listImportRows.as(actor, { ...input, after: next });
    },
  });
  return new Response(lines, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": attachmentHeader("import-rows.csv"),
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
