import "server-only";
import { normaliseEmail } from "@/lib/domain/email";
import { db, pool } from "./db";
import { newId } from "./ids";
import { checkPassword } from "./passwords";
import { clearFailures, isThrottled, recordFailure } from "./throttle";

/** Told apart by the sign-in page; next-auth passes the message on as `error`. */
const SIGN_IN_ERRORS = {
  throttled: "throttled",
  busy: "busy",
  unavailable: "unavailable",
} as const;

/**
 * signInWithPassword for next-auth, which shows the message of whatever is thrown to the browser:
 * only names meant for it get there, a broken database goes to the log.
 */
export async function authorizeSignIn(
  rawEmail: string | undefined,
  password: string | undefined,
): Promise<{ id: string } | null> {
  try {
    return await signInWithPassword(rawEmail, password);
  } catch (error) {
    const names: string[] = Object.values(SIGN_IN_ERRORS);
    if (error instanceof Error && names.includes(error.message)) throw error;
    process.stderr.write(`Sign-in failed: ${error instanceof Error ? error.stack : error}\n`);
    throw new Error(SIGN_IN_ERRORS.unavailable);
  }
}

/**
 * The account that e-mail and password name, or null. The same answer and the same work for a wrong
 * password, an unknown e-mail and a disabled account; throws a named error where the person must wait.
 */
export async function signInWithPassword(
  rawEmail: string | undefined,
  password: string | undefined,
): Promise<{ id: string } | null> {
  const email = normaliseEmail(rawEmail ?? "");
  if (email === null || !password || password.length > 128) return null;
  const subject = `sign-in:${email}`;
  if (await isThrottled(subject)) throw new Error(SIGN_IN_ERRORS.throttled);
  const user = await db().user.findUnique({ where: { email } });
  const stored = user !== null && user.disabledAt === null ? user.passwordHash : null;
  const checked = await checkPassword(stored, password);
  if (!checked.ok) throw new Error(SIGN_IN_ERRORS.busy);
  if (user === null || !checked.value) {
    await recordFailure(subject);
    return null;
  }
  await clearFailures(subject);
  return { id: user.id };
}

/** Makes the session row that the cookie will name; answers its id. */
export async function startSession(
  userId: string,
  seconds: number,
  userAgent: string,
): Promise<string> {
  const id = newId();
  const expiresAt = new Date(Date.now() + seconds * 1000);
  await db().session.create({
    data: { id, userId, expiresAt, userAgent: userAgent.slice(0, 300) },
  });
  return id;
}

/** Ends one session at once. */
export async function endSession(sessionId: string): Promise<void> {
  await pool().query(`UPDATE session SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL`, [
    sessionId,
  ]);
}
