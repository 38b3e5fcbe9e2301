import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Env } from "./env";

/** What next-auth calls the one provider of the site. */
export const PROVIDER = "open-id";

/** What a provider says of a person. Only these claims are read. */
export type ProviderClaims = {
  iss: string;
  sub: string;
  email?: string;
  email_verified?: boolean;
  /** Seconds since 1970 at which the person last proved who they are. */
  auth_time?: number;
};

/** Asked for, so that a provider says when that was; as long as a session lasts. */
const MAX_AGE = 14 * 24 * 60 * 60;

/**
 * An OpenID provider (authorization code with PKCE, state and nonce). The library checks signature,
 * issuer, audience, nonce and expiry of the ID token; the issuer is compared with the setting too, since
 * the library takes it from what the provider says of itself.
 */
export function openIdProvider(settings: Env): OAuthConfig<ProviderClaims> {
  const issuer = settings.FRAMEMARK_OIDC_ISSUER ?? "";
  return {
    id: PROVIDER,
    name: settings.FRAMEMARK_OIDC_NAME,
    type: "oauth",
    issuer,
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId: settings.FRAMEMARK_OIDC_CLIENT_ID ?? "",
    clientSecret: settings.FRAMEMARK_OIDC_CLIENT_SECRET ?? "",
    authorization: { params: { scope: "openid email profile", max_age: MAX_AGE } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    httpOptions: { timeout: 10_000 },
    userinfo: {
      async request({ client, tokens }) {
        // The library gives a set that reads its ID token, which it has checked by now.
        const { claims, access_token } = tokens as typeof tokens & { claims(): ProviderClaims };
        const vouched = claims.call(tokens);
        if (vouched.iss !== issuer) throw new Error("The ID token is of another issuer.");
        if (vouched.email !== undefined || access_token === undefined) return vouched;
        // Many providers tell the e-mail only where it is asked for; the library compares the subject.
        return { ...(await client.userinfo(access_token)), ...vouched };
      },
    },
    profile: ({ sub }) => ({ id: sub }),
  };
}
