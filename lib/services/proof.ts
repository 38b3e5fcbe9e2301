import "server-only";
import { z } from "zod";
import { failure, success } from "@/lib/domain/result";
import { db } from "@/lib/server/db";
import { noteProof } from "@/lib/server/live-session";
import { passwordInput } from "./accounts-store";
import { recordAudit } from "./audit";
import { checkPresentPassword } from "./present-password";
import { defineUseCase } from "./use-case";

/** Notes that the person of this session proved by their password who they are; it holds for ten minutes. */
export const proveIdentity = defineUseCase({
  name: "proveIdentity",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({ present: passwordInput }),
  async run({ present }, caller) {
    const { userId, sessionId } = caller;
    if (sessionId === null) return failure("conflict", "There is no session to confirm.");
    const { passwordHash } = await db().user.findUniqueOrThrow({
      where: { id: userId },
      select: { passwordHash: true },
    });
    if (passwordHash === null) {
      return failure("conflict", "Your account has no password. Sign in again to confirm.");
    }
    const known = await checkPresentPassword(userId, passwordHash, present);
    if (!known.ok) return known;
    await noteProof(sessionId);
    await recordAudit(caller, {
      action: "session.proved",
      targetType: "session",
      targetId: sessionId,
    });
    return success(null);
  },
});
