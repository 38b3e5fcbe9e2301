import { fileResponse } from "@/lib/server/file-response";
import { queryOf } from "@/lib/server/query";
import { currentActor } from "@/lib/server/session";
import { exportAgreementChart } from "@/lib/services/agreement-export";

type Context = { params: Promise<{ projectId: string; layer: string; chart: string }> };

/** One chart of the report, such as labels.svg or labels.csv. Takes the settings of the report's page. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { projectId, layer, chart: file } = await params;
  const [chart, format] = file.split(".");
  return fileResponse(
    await exportAgreementChart.as(await currentActor(), {
      ...queryOf(request),
      projectId,
      layer: decodeURIComponent(layer),
      chart,
      format,
    }),
  );
}
