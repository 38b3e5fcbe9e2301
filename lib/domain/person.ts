import { z } from "zod";
import { normaliseEmail } from "./email";

/** Signs that make a name look like another or break the line it stands in. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

/** A person's name as it is shown, without spaces around it. */
export const personName = z
  .string()
  .trim()
  .min(1, "Write a name.")
  .max(100, "A name has 100 characters or fewer.")
  .refine(
    (name) => name.isWellFormed() && !HIDDEN.test(name),
    "This name has a sign that cannot be seen.",
  );

/** An e-mail address, brought to the form in which it is stored. */
export const emailAddress = z.string().transform((raw, context) => {
  const email = normaliseEmail(raw);
  if (email !== null) return email;
  context.addIssue({ code: "custom", message: "This is not an e-mail address." });
  return z.NEVER;
});
