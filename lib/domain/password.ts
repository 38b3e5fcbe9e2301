import { COMMON_PASSWORDS } from "./common-passwords";
import { PASSWORD_MAXIMUM, PASSWORD_MINIMUM } from "./password-length";
import { isStorable } from "./text/storable";

/**
 * Why a password is refused, or undefined. Length, the commonest passwords and the person's own name
 * and e-mail are all that counts; a password is never trimmed, normalised or cut.
 */
export function passwordProblem(
  password: string,
  person: { email: string; name: string },
): string | undefined {
  if ([...password].length < PASSWORD_MINIMUM) return "Use 8 characters or more.";
  if (password.length > PASSWORD_MAXIMUM) return "Use 128 characters or fewer.";
  if (!isStorable(password)) {
    return "This password has a broken character.";
  }
  const compared = password.toLowerCase();
  if (COMMON_PASSWORDS.has(compared)) return "Many people use this password. Choose another.";
  if (isAboutPerson(compared, person)) return "Choose something other than your name or e-mail.";
  return undefined;
}

function isAboutPerson(
  compared: string,
  { email, name }: { email: string; name: string },
): boolean {
  const address = email.toLowerCase();
  const own = name.toLowerCase();
  return [address, address.split("@")[0], own, own.replaceAll(/\s/g, "")].includes(compared);
}
