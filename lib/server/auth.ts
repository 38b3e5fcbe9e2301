import "server-only";
import { headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { authorizeSignIn, startSession } from "./sign-in";

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

/**
 * next-auth checks the credentials and keeps the cookie. Everything else is ours: the cookie only
 * names a session row, which every request looks up (lib/server/session.ts).
 */
export const authOptions: NextAuthOptions = {
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      authorize: (credentials) => authorizeSignIn(credentials?.email, credentials?.password),
    }),
  ],
  callbacks: {
    async jwt({ token, user }) {
      if (!user) return token;
      const userAgent = (await headers()).get("user-agent") ?? "";
      return { sub: user.id, sessionId: await startSession(user.id, SESSION_SECONDS, userAgent) };
    },
    session({ session, token }) {
      return { expires: session.expires, sessionId: token.sessionId };
    },
  },
  events: {
    async signOut({ token }) {
      const { endSession } = await import("./sign-in");
      if (token?.sessionId) await endSession(token.sessionId);
    },
  },
};
