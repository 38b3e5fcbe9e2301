import "server-only";
import type { Actor } from "@/lib/domain/policy";
import { closeDb, pool } from "@/lib/server/db";
import { accountInput, createAccount, passwordInput } from "./accounts-store";
import { recordAudit } from "./audit";
import { defineUseCase } from "./use-case";

/**
 * Who acts when a command is run on the machine itself. Whoever may start it can read the database
 * anyway, so it may do what an admin may. The log shows it under the nil UUID.
 */
export const OPERATOR: Actor = {
  userId: "00000000-0000-0000-0000-000000000000",
  sessionId: null,
  instanceRole: "admin",
  leadsSomewhere: false,
};

/** Throws where the database cannot be reached or has no tables yet. */
export async function reachDatabase(): Promise<void> {
  await pool().query("SELECT 1 FROM project LIMIT 1");
}

/** Ends the connections to the database, so that a program can end. */
export function closeDatabase(): Promise<void> {
  return closeDb();
}

/** Makes an account that its person can sign in to at once, for set-up by a program. */
export const createUserWithPassword = defineUseCase({
  name: "createUserWithPassword",
  permission: "user.administer",
  scope: "instance",
  input: accountInput.extend({ password: passwordInput }),
  async run(account, caller) {
    const made = await createAccount(account);
    if (!made.ok) return made;
    await recordAudit(caller, {
      action: "user.created",
      targetType: "user",
      targetId: made.value.userId,
      detail: { role: account.role },
    });
    return made;
  },
});
