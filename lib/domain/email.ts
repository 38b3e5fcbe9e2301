/**
 * One e-mail address in the form in which it is stored and compared, or null. Normalised first and
 * validated after, so that look-alike signs cannot slip past the check.
 */
export function normaliseEmail(raw: string): string | null {
  const email = raw.normalize("NFKC").trim().toLowerCase();
  if (email.length > 254) return null;
  return /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/.test(
    email,
  )
    ? email
    : null;
}
