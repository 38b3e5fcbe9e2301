import "server-only";
import { normaliseEmail } from "@/lib/domain/email";
import { db, pool } from "./db";
import { env } from "./env";
import { newId } from "./ids";
import { checkPassword } from "./passwords";
import { takeCode, takeRecoveryCode } from "./second-factor";
import { type Counted, clearFailures, returnTry, takeTry } from "./throttle";

/** Told apart by the sign-in page; next-auth passes the message on as `error`. */
const SIGN_IN_ERRORS = {
  throttled: "throttled",
  busy: "busy",
  unavailable: "unavailable",
  /** The password is right, and the code of the second factor is asked for. */
  codeNeeded: "code_needed",
  codeWrong: "code_wrong",
} as const;

/** Failures in a window for one account, and for one network, where many people may sit. */
const MOST_PER_ACCOUNT = 5;
const MOST_PER_NETWORK = 50;

/** What comes along with e-mail and password. */
type More = {
  /** Of the app on the phone, or one of the recovery codes. */
  code?: string | undefined;
  /** Where the request came from, see client-network.ts; null where that is not known. */
  network?: string | null;
};

/**
 * signInWithPassword for next-auth, which shows the message of whatever is thrown to the browser:
 * only names meant for it get there, a broken database goes to the log.
 */
export async function authorizeSignIn(
  rawEmail: string | undefined,
  password: string | undefined,
  more: More = {},
): Promise<{ id: string } | null> {
  try {
    return await signInWithPassword(rawEmail, password, more);
  } catch (error) {
    const names: string[] = Object.values(SIGN_IN_ERRORS);
    if (error instanceof Error && names.includes(error.message)) throw error;
    process.stderr.write(`Sign-in failed: ${error instanceof Error ? error.stack : error}\n`);
    throw new Error(SIGN_IN_ERRORS.unavailable);
  }
}

/**
 * The account that e-mail and password name, or null. The same answer and the same work for a wrong
 * password, an unknown e-mail and a disabled account; throws a named error where the person must wait,
 * or must give the code of their second factor.
 */
export async function signInWithPassword(
  rawEmail: string | undefined,
  password: string | undefined,
  { code, network = null }: More = {},
): Promise<{ id: string } | null> {
  const email = normaliseEmail(rawEmail ?? "");
  if (email === null || !password || password.length > 128) return null;
  if (env().FRAMEMARK_PASSWORDS === "off") return null;
  const account = { subject: `sign-in:${email}`, most: MOST_PER_ACCOUNT };
  const counted = [account, ...networkCount(network)];
  if (!(await takeTry(counted))) throw new Error(SIGN_IN_ERRORS.throttled);
  const entered = await judge({ email, password, code }).catch(async (error: unknown) => {
    const isFailedTry = error instanceof Error && error.message === SIGN_IN_ERRORS.codeWrong;
    if (!isFailedTry) await returnTry(counted);
    throw error;
  });
  if (entered === null) return null;
  await clearFailures(account.subject);
  await returnTry(networkCount(network));
  return entered;
}

/** Who it is, or null; throws where nothing was tried yet, and for a wrong code. */
async function judge({
  email,
  password,
  code,
}: {
  email: string;
  password: string;
  code: string | undefined;
}): Promise<{ id: string } | null> {
  const user = await db().user.findUnique({
    where: { email },
    select: { id: true, disabledAt: true, passwordHash: true, secondFactor: true },
  });
  const stored = user !== null && user.disabledAt === null ? user.passwordHash : null;
  const checked = await checkPassword(stored, password);
  if (!checked.ok) throw new Error(SIGN_IN_ERRORS.busy);
  if (user === null || !checked.value) return null;
  if (user.secondFactor?.confirmedAt) await passSecondFactor(user.id, code);
  return { id: user.id };
}

/** How tries are counted for where they come from. */
function networkCount(network: string | null): Counted[] {
  return network === null ? [] : [{ subject: `network:${network}`, most: MOST_PER_NETWORK }];
}

async function passSecondFactor(userId: string, code: string | undefined): Promise<void> {
  if (code === undefined || code.trim() === "") throw new Error(SIGN_IN_ERRORS.codeNeeded);
  const isRight =
    (await takeCode(pool(), { userId, code, isConfirmed: true })) ||
    (await takeRecoveryCode(userId, code));
  if (!isRight) throw new Error(SIGN_IN_ERRORS.codeWrong);
}

/** How a session began. A provider tells when its person proved who they are, or nobody knows: null. */
export type Entry = { method: "password" } | { method: "provider"; provedAt: Date | null };

/** Makes the session row that the cookie will name; answers its id. By the clock of the database alone. */
export async function startSession(
  userId: string,
  seconds: number,
  userAgent: string,
  entry: Entry = { method: "password" },
): Promise<string> {
  const id = newId();
  await pool().query(
    `INSERT INTO session (id, user_id, expires_at, user_agent, method, proved_at)
     VALUES ($1, $2, now() + make_interval(secs => $3), $4, $5::text::sign_in_method,
             CASE WHEN $5::text = 'password' THEN now() ELSE $6::timestamptz END)`,
    [
      id,
      userId,
      seconds,
      userAgent.slice(0, 300),
      entry.method,
      entry.method === "provider" ? entry.provedAt : null,
    ],
  );
  return id;
}

/** Ends one session at once. */
export async function endSession(sessionId: string): Promise<void> {
  await pool().query(`UPDATE session SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL`, [
    sessionId,
  ]);
}
