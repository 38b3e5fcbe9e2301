import { type NextRequest, NextResponse } from "next/server";
import { signInPath } from "./lib/domain/own-path";

/**
 * Gives each page its content policy with a fresh nonce, and asks whoever has no cookie to sign in
 * first. It decides nothing about rights: those are decided in lib/services, and this file may be
 * bypassed without harm to them.
 */
export function proxy(request: NextRequest): NextResponse {
  if (isSignedOut(request)) return toSignIn(request);
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const isDevelopment = process.env.NODE_ENV === "development";
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-page-path", pathOf(request));
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "no-referrer");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("cross-origin-resource-policy", "same-origin");
  response.headers.set("cache-control", "private, no-store");
  return response;
}

/** Not on the API, where the proxy would cut long bodies and cost time, nor on built files. */
export const config = {
  matcher: ["/((?!api/|livez|readyz|metrics|_next/|favicon|icon|codebook\\.schema\\.json).*)"],
};

/** Whether a page is asked for without any session cookie; an old one is found out by the page. */
function isSignedOut({ method, nextUrl, cookies }: NextRequest): boolean {
  const isEntrance = nextUrl.pathname === "/sign-in" || nextUrl.pathname.startsWith("/welcome/");
  const hasCookie = cookies.getAll().some(({ name }) => name.endsWith("next-auth.session-token"));
  return method === "GET" && !isEntrance && !hasCookie;
}

/** To the sign-in page, which leads back to where one wanted to go. */
function toSignIn(request: NextRequest): NextResponse {
  return NextResponse.redirect(new URL(signInPath(pathOf(request)), request.nextUrl));
}

/** The page's own path, without what Next adds while it fetches pages. */
function pathOf({ nextUrl }: NextRequest): string {
  const search = new URLSearchParams(nextUrl.search);
  search.delete("_rsc");
  return search.size === 0 ? nextUrl.pathname : `${nextUrl.pathname}?${search}`;
}
