import "server-only";
import { z } from "zod";
import { failure, success } from "@/lib/domain/result";
import { clientNetwork } from "@/lib/server/client-network";
import { db } from "@/lib/server/db";
import { env } from "@/lib/server/env";
import { isMailOn } from "@/lib/server/mail";
import { takeTry } from "@/lib/server/throttle";
import { mailLink } from "./account-mail";
import { emailInput } from "./accounts-store";
import { recordAudit } from "./audit";
import { makeInvite } from "./invites";
import { defineUseCase } from "./use-case";

const MOST_PER_ACCOUNT = 3;
const MOST_PER_NETWORK = 20;

/** What goes on after the answer, so that tests and a stop can wait for it. */
const running = new Set<Promise<void>>();

/**
 * Sends a link by which whoever lost their password chooses a new one. The answer says nothing of
 * whether there is such an account: all work is done after it, so that its time does not either.
 */
export const requestPasswordReset = defineUseCase({
  name: "requestPasswordReset",
  permission: "account.enter",
  scope: "public",
  input: z.strictObject({ email: emailInput }),
  async run({ email }) {
    if (!isMailOn() || env().FRAMEMARK_PASSWORDS === "off") {
      return failure("closed", "This site sends no mail. Ask its admin for a link.");
    }
    const network = await networkOfRequest();
    const isLeft = await takeTry([
      { subject: `reset:${email}`, most: MOST_PER_ACCOUNT },
      ...(network === null ? [] : [{ subject: `reset:${network}`, most: MOST_PER_NETWORK }]),
    ]);
    if (isLeft) {
      const sending = send(email)
        .catch((error) => process.stderr.write(`A reset failed: ${error}\n`))
        .then(() => void running.delete(sending));
      running.add(sending);
    }
    return success(null);
  },
});

/** Waits for mails that are on their way. */
export async function settleResets(): Promise<void> {
  await Promise.all(running);
}

async function send(email: string): Promise<void> {
  const user = await db().user.findUnique({
    where: { email },
    select: { id: true, disabledAt: true, passwordHash: true },
  });
  if (user === null || user.disabledAt !== null) return;
  const purpose = user.passwordHash === null ? "join" : "reset_password";
  const link = await makeInvite({ purpose, userId: user.id, createdById: null });
  await mailLink({ to: email, purpose, link });
  await recordAudit(
    { userId: "", sessionId: null, projectId: "" },
    {
      action: "account.reset_requested",
      targetType: "user",
      targetId: user.id,
    },
  );
}

/** Scripts and tests serve no request. */
async function networkOfRequest(): Promise<string | null> {
  try {
    return await clientNetwork();
  } catch {
    return null;
  }
}
