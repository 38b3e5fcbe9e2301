/**
 * Gives an empty database its first content and writes down how to sign in, for whoever started it:
 * the demo with a password made here, or a link by which the first admin makes an account.
 */
import { siteAddress } from "@/lib/server/address";
import { closeDb } from "@/lib/server/db";
import { env } from "@/lib/server/env";
import { writeSignInNote } from "@/lib/server/sign-in-note";
import { loadDemo, settleDemo } from "@/lib/services/demo";
import { makeInvite } from "@/lib/services/invites";
import { makeDemoPassword } from "./demo-password";

try {
  const withDemo = env().FRAMEMARK_DEMO === "on";
  await writeSignInNote(withDemo ? await demoLines() : await adminLines());
  if (withDemo) await settleDemo();
} finally {
  await closeDb();
}

async function demoLines(): Promise<string[]> {
  console.log("loading the demo");
  const password = makeDemoPassword();
  const { accounts } = await loadDemo({ password });
  const names = Math.max(...accounts.map(({ name }) => name.length));
  const emails = Math.max(...accounts.map(({ email }) => email.length));
  return [
    "Sign in as one of these people of the demo. They are invented.",
    ...accounts.map(
      ({ name, email, role }) => `  ${email.padEnd(emails)}   ${name.padEnd(names)}   ${role}`,
    ),
    `The password of all of them: ${password}`,
  ];
}

async function adminLines(): Promise<string[]> {
  const link = await makeInvite({ purpose: "first_admin", userId: null, createdById: null });
  return [
    "Nobody has an account yet. This link makes the admin's; it works once, for seven days:",
    `  ${siteAddress(link)}`,
  ];
}
