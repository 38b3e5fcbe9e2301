import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { signInPath } from "@/lib/domain/own-path";

/** The header in which proxy.ts tells a page its own path. */
const PATH_HEADER = "x-page-path";

/** One for each request. */
const noted = cache((): { path: string | undefined } => ({ path: undefined }));

/** Notes where a request wanted to go that nobody is signed in for. */
export async function noteWayBack(): Promise<void> {
  noted().path = (await headers()).get(PATH_HEADER) ?? undefined;
}

/** The sign-in page with the way back to the page of this request, where `currentUser` found nobody. */
export function signInAddress(): string {
  return signInPath(noted().path);
}
