import "server-only";
import { env } from "./env";

/** The full address of a path on this site, for links that leave it. */
export function siteAddress(path: string): string {
  return new URL(path, env().NEXTAUTH_URL).href;
}
