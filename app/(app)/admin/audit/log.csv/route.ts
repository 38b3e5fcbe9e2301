import { fileResponse } from "@/lib/server/file-response";
import { queryOf } from "@/lib/server/query";
import { exportAuditLog } from "@/lib/services/audit-log";

export async function GET(request: Request): Promise<Response> {
  // The use case checks every field.
  const filter = queryOf(request) as Parameters<typeof exportAuditLog>[0];
  return fileResponse(await exportAuditLog(filter));
}
