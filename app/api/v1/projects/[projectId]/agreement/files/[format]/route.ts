import { fileResponse } from "@/lib/server/file-response";
import { queryOf } from "@/lib/server/query";
import { currentActor } from "@/lib/server/session";
import { exportAgreement } from "@/lib/services/agreement-export";

type Context = { params: Promise<{ projectId: string; format: string }> };

/** The agreement report as a file: json, csv, md, tex, html, txt (methods) or bib. Takes the settings of its page. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { projectId, format } = await params;
  return fileResponse(
    await exportAgreement.as(await currentActor(), { ...queryOf(request), projectId, format }),
  );
}
