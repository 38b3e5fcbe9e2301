import "server-only";
import { cookies } from "next/headers";
import { decode } from "next-auth/jwt";
import { sessionOptions } from "./auth";
import { env } from "./env";

/** What is kept of a token that was found to be ours: it says the same for ever. */
type Known = { sessionId: string; expires: number };

const MOST_KNOWN = 5_000;
const known = new Map<string, Known>();

/** The session that the cookie of this request names; whether it lives is asked elsewhere. */
export async function sessionIdFromCookie(): Promise<string | null> {
  const name = sessionOptions().cookies?.sessionToken?.name ?? "next-auth.session-token";
  const token = (await cookies()).get(name)?.value;
  return token === undefined ? null : sessionIdOf(token);
}

/**
 * The session that a token names; null where it is not ours or over. Deriving the key and decrypting
 * costs more than all else of a small request, so that it is done once for a token.
 */
export async function sessionIdOf(token: string, now = Date.now()): Promise<string | null> {
  const found = known.get(token) ?? (await readToken(token));
  if (found === null || found.expires <= now) {
    known.delete(token);
    return null;
  }
  // What was used last stands last; the first makes room.
  known.delete(token);
  known.set(token, found);
  const oldest = known.keys().next().value;
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  return found.sessionId;
}

async function readToken(token: string): Promise<Known | null> {
  // Whatever is wrong with it, its bearer is signed out.
  const claims = await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  if (typeof claims?.sessionId !== "string" || typeof claims.exp !== "number") return null;
  return { sessionId: claims.sessionId, expires: claims.exp * 1000 };
}
