import { currentActor } from "@/lib/server/session";
import { handle } from "@/lib/services/api/handle";

export const dynamic = "force-dynamic";

/** The whole interface for programs: lib/services/api/registry.ts says what there is. */
function answer(request: Request): Promise<Response> {
  return handle(request, currentActor);
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
