import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { db, pool } from "@/lib/server/db";
import {
  newRecoveryCodes,
  newSecondFactor,
  openSecondFactor,
  takeCode,
} from "@/lib/server/second-factor";
import { clearFailures, takeTry } from "@/lib/server/throttle";
import { revokeSessions } from "./accounts-store";
import { recordAudit } from "./audit";
import { inTransaction } from "./project-store";
import { type Caller, defineUseCase } from "./use-case";

const MOST_CODES = 5;

/** What the caller has of a second factor. */
export type SecondFactorState = {
  /** Since when codes are asked for at the sign-in; null where they are not. */
  since: string | null;
  /** Recovery codes that were not used. */
  recoveryCodes: number;
  /** Set up by password: a provider asks for its own second factor. */
  hasPassword: boolean;
};

/** Whether the caller has a second factor. */
export const readSecondFactor = defineUseCase({
  name: "readSecondFactor",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({}),
  async run(_, { userId }): Promise<Result<SecondFactorState>> {
    const user = await db().user.findUniqueOrThrow({
      where: { id: userId },
      select: {
        passwordHash: true,
        secondFactor: { select: { confirmedAt: true } },
        _count: { select: { recoveryCodes: { where: { usedAt: null } } } },
      },
    });
    return success({
      since: user.secondFactor?.confirmedAt?.toISOString() ?? null,
      recoveryCodes: user._count.recoveryCodes,
      hasPassword: user.passwordHash !== null,
    });
  },
});

/**
 * Begins to set up a second factor: answers the secret for the app on the phone. It counts for nothing
 * until a code of it was given. Begun twice, it is the same secret, so that a reload loses no scan.
 */
export const beginSecondFactor = defineUseCase({
  name: "beginSecondFactor",
  permission: "account.manage_own",
  scope: "instance",
  needsProof: true,
  input: z.strictObject({}),
  async run(_, { userId }): Promise<Result<{ secret: string; address: string }>> {
    const { email, secondFactor } = await db().user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true, secondFactor: true },
    });
    if (secondFactor?.confirmedAt) return alreadyThere();
    const begun = secondFactor && openSecondFactor(userId, email, secondFactor.secret);
    if (begun) return success(begun);
    const { secret, address, sealed } = newSecondFactor(userId, email);
    const { rowCount } = await pool().query(
      `INSERT INTO second_factor AS f (user_id, secret) VALUES ($1, $2)
       ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0
         WHERE f.confirmed_at IS NULL`,
      [userId, sealed],
    );
    return rowCount === 0 ? alreadyThere() : success({ secret, address });
  },
});

/**
 * Ends setting up, with a first code of the app. From now on a code is asked for at the sign-in; all other
 * sessions end. Answers the recovery codes, the only time that they are told.
 */
export const confirmSecondFactor = defineUseCase({
  name: "confirmSecondFactor",
  permission: "account.manage_own",
  scope: "instance",
  needsProof: true,
  input: z.strictObject({ code: z.string().max(20) }),
  async run({ code }, caller): Promise<Result<{ codes: string[] }>> {
    const { userId, sessionId } = caller;
    const subject = `code:${userId}`;
    if (!(await takeTry([{ subject, most: MOST_CODES }]))) {
      return failure("busy", "Too many tries. Wait up to 15 minutes.", { place: "code" });
    }
    if (!(await takeCode(pool(), { userId, code, isConfirmed: false }))) {
      return failure(
        "conflict",
        "This is not the code of the moment. See whether the clock of your phone is right.",
        { place: "code" },
      );
    }
    await clearFailures(subject);
    const made = newRecoveryCodes(userId);
    await inTransaction(async (tx) => {
      await tx.secondFactor.update({ where: { userId }, data: { confirmedAt: new Date() } });
      await tx.recoveryCode.deleteMany({ where: { userId } });
      await tx.recoveryCode.createMany({
        data: made.hashes.map((codeHash) => ({ userId, codeHash })),
      });
      await revokeSessions(tx, userId, sessionId);
    });
    await note(caller, "account.second_factor_added", userId);
    return success({ codes: made.codes });
  },
});

/** Gives the caller ten new recovery codes; those before stop working. */
export const renewRecoveryCodes = defineUseCase({
  name: "renewRecoveryCodes",
  permission: "account.manage_own",
  scope: "instance",
  needsProof: true,
  input: z.strictObject({}),
  async run(_, caller): Promise<Result<{ codes: string[] }>> {
    const { userId } = caller;
    const made = newRecoveryCodes(userId);
    const isRenewed = await inTransaction(async (tx) => {
      const factor = await tx.secondFactor.findUnique({ where: { userId } });
      if (!factor?.confirmedAt) return false;
      await tx.recoveryCode.deleteMany({ where: { userId } });
      await tx.recoveryCode.createMany({
        data: made.hashes.map((codeHash) => ({ userId, codeHash })),
      });
      return true;
    });
    if (!isRenewed) return failure("conflict", "Set up a second factor first.");
    await note(caller, "account.recovery_codes_renewed", userId);
    return success({ codes: made.codes });
  },
});

/** Takes the caller's second factor away; all their other sessions end. */
export const removeSecondFactor = defineUseCase({
  name: "removeSecondFactor",
  permission: "account.manage_own",
  scope: "instance",
  needsProof: true,
  input: z.strictObject({}),
  async run(_, caller): Promise<Result<null>> {
    await takeAway(caller.userId, caller.sessionId);
    await note(caller, "account.second_factor_removed", caller.userId);
    return success(null);
  },
});

/** Takes the second factor of somebody away who lost phone and recovery codes. Their sessions end. */
export const resetSecondFactor = defineUseCase({
  name: "resetSecondFactor",
  permission: "user.administer",
  scope: "instance",
  needsProof: true,
  input: z.strictObject({ userId: z.uuid() }),
  async run({ userId }, caller): Promise<Result<null>> {
    if (userId === caller.userId) {
      return failure("forbidden", "Change your own second factor on the page of your account.");
    }
    const user = await db().user.findUnique({ where: { id: userId }, select: { id: true } });
    if (user === null) return failure("not_found", "This account does not exist.");
    await takeAway(userId, null);
    await note(caller, "user.second_factor_reset", userId);
    return success(null);
  },
});

async function takeAway(userId: string, keptSession: string | null): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await tx.secondFactor.deleteMany({ where: { userId } });
    await revokeSessions(tx, userId, keptSession);
  });
}

function note(caller: Caller, action: string, userId: string): Promise<void> {
  return recordAudit(caller, { action, targetType: "user", targetId: userId });
}

function alreadyThere(): Result<never> {
  return failure("conflict", "You have a second factor already. Remove it first.");
}
