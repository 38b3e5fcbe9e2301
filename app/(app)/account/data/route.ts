import { fileResponse } from "@/lib/server/file-response";
import { downloadOwnData } from "@/lib/services/own-data";

export async function GET(): Promise<Response> {
  return fileResponse(await downloadOwnData({}));
}
