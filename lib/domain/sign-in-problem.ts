/** What the sign-in page says for each reason why somebody was not let in. */
const PROBLEMS: Record<string, string> = {
  CredentialsSignin: "E-mail or password is wrong.",
  throttled: "Too many tries. Wait up to 15 minutes.",
  busy: "Many people are signing in. Try again in a moment.",
  code_wrong: "This code is not right, or was used already. Wait for the next one.",
  unverified: "Your provider does not vouch for your e-mail, so nobody can be found by it.",
  unknown: "No account here has your e-mail. Ask the admin of this site for one.",
  other_identity:
    "The account of your e-mail belongs to another identity of your provider. Ask the admin.",
  disabled: "Your account is disabled. Ask the admin of this site.",
};

/** The sentence for a reason; a general one for those of the library. */
export function signInProblem(reason: string): string {
  return PROBLEMS[reason] ?? "Signing in did not work. Try again.";
}
