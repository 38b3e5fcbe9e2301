import "server-only";
import { z } from "zod";
import { normaliseEmail } from "@/lib/domain/email";
import { passwordProblem } from "@/lib/domain/password";
import { failure, type Result, success } from "@/lib/domain/result";
import { db, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { hashPassword } from "@/lib/server/passwords";
import { nameInput } from "./inputs";

/** An e-mail address, brought to the form in which it is stored. */
export const emailInput = z.string().transform((raw, context) => {
  const email = normaliseEmail(raw);
  if (email !== null) return email;
  context.addIssue({ code: "custom", message: "This is not an e-mail address." });
  return z.NEVER;
});

/** A person's name. */
export const personNameInput = nameInput(100);

/** A password exactly as typed. Its rules are judged where the person is known. */
export const passwordInput = z.string().max(1_000, "Use 128 characters or fewer.");

/** What an account is made from. */
export const accountInput = z.strictObject({
  email: emailInput,
  name: personNameInput,
  role: z.enum(["user", "admin"]),
});

/** Makes an account; without a password nobody can sign in to it until a link gives it one. */
export async function createAccount(
  account: z.input<typeof accountInput> & { password?: string },
): Promise<Result<{ userId: string; email: string }>> {
  const { password, ...rest } = account;
  const parsed = accountInput.safeParse(rest);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return failure("invalid", issue?.message ?? "This is not valid.", {
      place: issue?.path.join(".") ?? "",
    });
  }
  const { email, name, role } = parsed.data;
  const problem = password === undefined ? undefined : passwordProblem(password, parsed.data);
  if (problem !== undefined) return failure("invalid", problem, { place: "password" });
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const made = await insertAccount(db(), { email, name, role, passwordHash });
  return made.ok ? success({ ...made.value, email }) : made;
}

/** Stores an account whose parts were checked; the e-mail may be taken. */
export async function insertAccount(
  tx: Pick<Transaction, "$queryRaw">,
  account: { email: string; name: string; role: "user" | "admin"; passwordHash: string | null },
): Promise<Result<{ userId: string }>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "user" (id, email, name, role, password_hash)
    VALUES (${newId()}::uuid, ${account.email}, ${account.name}, ${account.role}::instance_role,
            ${account.passwordHash})
    ON CONFLICT (email) DO NOTHING RETURNING id`;
  const row = rows[0];
  return row === undefined ? emailTaken() : success({ userId: row.id });
}

/** The answer where an e-mail belongs to another account. */
export function emailTaken(): Result<never> {
  return failure("conflict", "An account with this e-mail exists already.", { place: "email" });
}

/** Ends a person's sessions at once, all but one where one is named. */
export async function revokeSessions(
  tx: Pick<Transaction, "$executeRaw">,
  userId: string,
  kept: string | null,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE session SET revoked_at = now()
     WHERE user_id = ${userId}::uuid AND revoked_at IS NULL
       AND id IS DISTINCT FROM ${kept}::uuid`;
}
