import { queryOf } from "@/lib/server/query";
import { respond } from "@/lib/server/respond";
import { currentActor } from "@/lib/server/session";
import { followAgreement } from "@/lib/services/agreement";

type Context = { params: Promise<{ projectId: string }> };

/** Whether a report is still the newest, and how far its computation is. Takes the settings of the report's page. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return respond(followAgreement.as(await currentActor(), { ...queryOf(request), projectId }));
}
