import "server-only";
import { notFound, redirect } from "next/navigation";
import type { Result } from "@/lib/domain/result";
import { signInAddress } from "./way-back";

/**
 * What a page needs, or the page that says why not: sign-in for somebody signed out, not found for
 * what does not exist or may not be seen. Other refusals are bugs of the page and thrown.
 */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { kind, message, place } = result.failure;
  if (kind === "unauthenticated") redirect(signInAddress());
  if (place === "second_factor") redirect("/account/second-factor");
  if (kind === "not_found" || kind === "forbidden" || kind === "invalid") notFound();
  throw new Error(message);
}
