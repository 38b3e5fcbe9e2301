import "server-only";
import { headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { clientNetwork } from "./client-network";
import { env, isSecureSite } from "./env";
import { openIdProvider, PROVIDER, type ProviderClaims } from "./open-id";
import { authorizeSignIn, type Entry } from "./sign-in";

declare module "next-auth" {
  interface Session {
    sessionId?: string;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    sessionId?: string;
  }
}

/** Fourteen days; the session row may end it sooner. */
const SESSION_SECONDS = 14 * 24 * 60 * 60;

/** What happens at the door, given by lib/services/entrance.ts. */
export type Entrance = {
  /** The account of whom a provider vouches for, or the name of the reason why there is none. */
  byProvider(
    claims: ProviderClaims,
  ): Promise<{ ok: true; userId: string } | { ok: false; reason: string }>;
  /** Somebody was let in: makes the session, and answers its id. */
  begin(
    userId: string,
    session: { seconds: number; userAgent: string; entry: Entry },
  ): Promise<string>;
  /** Somebody was not let in by password. */
  refused(): Promise<void>;
  end(sessionId: string): Promise<void>;
};

/** What reading a session needs: the cookie only names a session row, which every request looks up. */
export function sessionOptions(): NextAuthOptions {
  return {
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [],
    // Bound to this very host: no other site of the same domain can set it.
    ...(isSecureSite() && {
      cookies: {
        sessionToken: {
          name: "__Host-next-auth.session-token",
          options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
        },
      },
    }),
    callbacks: {
      session({ session, token }) {
        return { expires: session.expires, sessionId: token.sessionId };
      },
    },
  };
}

/** next-auth checks who comes and keeps the cookie. Everything else is ours (lib/server/session.ts). */
export function authOptions(entrance: Entrance): NextAuthOptions {
  const shared = sessionOptions();
  return {
    ...shared,
    providers: [
      Credentials({
        credentials: { email: {}, password: {}, code: {} },
        authorize: (given) => enterByPassword(entrance, given ?? {}),
      }),
      ...(env().FRAMEMARK_OIDC_ISSUER === undefined ? [] : [openIdProvider(env())]),
    ],
    callbacks: {
      ...shared.callbacks,
      async signIn({ account, profile }) {
        if (account?.provider !== PROVIDER) return true;
        const entered = await entrance.byProvider(profile as ProviderClaims);
        return entered.ok ? true : `/sign-in?error=${entered.reason}`;
      },
      async jwt({ token, user, account, profile }) {
        if (!account) return token;
        const userAgent = (await headers()).get("user-agent") ?? "";
        const { userId, ...entry } =
          account.provider === PROVIDER
            ? await entryByProvider(entrance, profile as ProviderClaims)
            : { userId: user.id, method: "password" as const };
        const sessionId = await entrance.begin(userId, {
          seconds: SESSION_SECONDS,
          userAgent,
          entry,
        });
        return { sub: userId, sessionId };
      },
    },
    events: {
      async signOut({ token }) {
        if (token?.sessionId) await entrance.end(token.sessionId);
      },
    },
  };
}

async function enterByPassword(
  entrance: Entrance,
  given: Record<string, string>,
): Promise<{ id: string } | null> {
  const { email, password, code } = given;
  const found = await authorizeSignIn(email, password, { code, network: await clientNetwork() });
  if (found === null) await entrance.refused();
  return found;
}

/** When a provider does not tell when its person proved who they are, nobody knows. */
async function entryByProvider(
  entrance: Entrance,
  claims: ProviderClaims,
): Promise<Entry & { userId: string }> {
  const entered = await entrance.byProvider(claims);
  if (!entered.ok) throw new Error(entered.reason);
  const provedAt =
    claims.auth_time === undefined ? null : new Date(Math.min(claims.auth_time * 1000, Date.now()));
  return { userId: entered.userId, method: "provider", provedAt };
}
