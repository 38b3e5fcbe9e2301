/**
 * The address if it is a path on this site, else the start page. For addresses that came in a link,
 * which may have been made to lead elsewhere.
 */
export function ownPath(raw: string | undefined): string {
  if (raw === undefined || !raw.startsWith("/")) return "/";
  // Browsers read //host and /\host as another site, and skip tabs and line breaks while reading.
  const base = "http://own.invalid";
  if (!URL.canParse(raw, base)) return "/";
  const { origin, pathname, search, hash } = new URL(raw, base);
  return origin === base && !pathname.startsWith("//") ? `${pathname}${search}${hash}` : "/";
}

/** The sign-in page, which leads back to a path of this site; nowhere else, whatever is given. */
export function signInPath(wanted: string | undefined): string {
  const back = ownPath(wanted);
  const isEntrance = back === "/" || back === "/sign-in" || back.startsWith("/sign-in?");
  return isEntrance ? "/sign-in" : `/sign-in?${new URLSearchParams({ callbackUrl: back })}`;
}
