import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { pool } from "@/lib/server/db";
import { readEnv } from "@/lib/server/env";
import { signInWithPassword } from "@/lib/server/sign-in";
import { acceptInvite } from "@/lib/services/accounts";
import { addMember } from "@/lib/services/members";
import { requestPasswordReset, settleResets } from "@/lib/services/password-reset";
import { openSite, sendTestMail } from "@/lib/services/site";
import { createPasswordLink, createUser } from "@/lib/services/users";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import { makeMember, makeProject, makeUser, type TestUser } from "./support/factories";

const PASSWORD = "harbour lantern 47";

/** A mail server that keeps what it was given; refuses while `isShut`. */
const mails: { to: string[]; text: string }[] = [];
let isShut = false;
const server = new SMTPServer({
  disabledCommands: ["STARTTLS"],
  onAuth: ({ username, password }, _, done) =>
    username === "framemark" && password === "a mail secret"
      ? done(null, { user: username })
      : done(new Error("wrong")),
  onMailFrom: (_, __, done) => (isShut ? done(new Error("shut today")) : done()),
  onData(stream, session, done) {
    let text = "";
    stream.setEncoding("utf8");
    stream.on("data", (chunk) => {
      text += chunk;
    });
    stream.on("end", () => {
      mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
      done();
    });
  },
});

let admin: TestUser;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  process.env.FRAMEMARK_SMTP_URL = `smtp://framemark:a%20mail%20secret@127.0.0.1:${port}`;
  process.env.FRAMEMARK_MAIL_FROM = "Framemark <framemark@example.org>";
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

beforeEach(async () => {
  await emptyDatabase();
  mails.length = 0;
  isShut = false;
  admin = await makeUser({ role: "admin", email: "ada@example.org" });
});

/** The secret of the link in a mail, of which long lines are broken. */
function secretIn(mail: { text: string } | undefined): string {
  const whole = mail?.text.replace(/=\r?\n/g, "").replace(/=3D/g, "=") ?? "";
  return /\/welcome\/([\w-]+)/.exec(whole)?.[1] ?? "";
}

const ben = { email: "ben@example.org", name: "Ben", role: "user" as const };

describe("where the site can send mail", () => {
  test("an invitation comes to its person, and nobody else is shown the link", async () => {
    const made = valueFrom(await createUser.as(admin.actor, ben));
    expect(made).toMatchObject({ link: null, delivery: "sent" });
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(["ben@example.org"]);
    expect(mails[0]?.text).toContain("From: Framemark <framemark@example.org>");
    const secret = secretIn(mails[0]);
    valueFrom(await acceptInvite.as(null, { secret, password: PASSWORD }));
    expect(await signInWithPassword(ben.email, PASSWORD)).toEqual({ id: made.userId });
  });

  test("so does one into a project, and an admin's link to reset a password", async () => {
    const { projectId } = await makeProject();
    const lead = await makeMember(projectId, "lead");
    const added = valueFrom(
      await addMember.as(lead.actor, { projectId, email: ben.email, role: "annotator" }),
    );
    expect(added.link).toBeNull();
    valueFrom(await createPasswordLink.as(admin.actor, { userId: added.userId }));
    expect(mails.map(({ to }) => to)).toEqual([[ben.email], [ben.email]]);
  });

  test("a mail that fails leaves the link to copy, and the reason with the admin", async () => {
    isShut = true;
    const quiet = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const made = valueFrom(await createUser.as(admin.actor, ben));
    quiet.mockRestore();
    expect(made.delivery).toBe("failed");
    expect(made.link).toMatch(/^\/welcome\//);
    const { mail } = valueFrom(await openSite.as(admin.actor, {}));
    expect(mail?.problem).toMatch(/^the mail server refused/);
    expect(mail?.server).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(JSON.stringify(mail)).not.toContain("secret");
  });

  test("a test mail goes to the admin who asks", async () => {
    expect(valueFrom(await sendTestMail.as(admin.actor, {}))).toEqual({ to: "ada@example.org" });
    expect(mails[0]?.to).toEqual(["ada@example.org"]);
    expect(valueFrom(await openSite.as(admin.actor, {})).mail?.sentAt).not.toBeNull();
  });
});

describe("whoever lost their password", () => {
  const ask = async (email: string) => {
    const answer = await requestPasswordReset.as(null, { email });
    await settleResets();
    return answer;
  };

  test("gets a link by mail, which gives a new one", async () => {
    const { userId, email } = await makeUser({ password: "an older one 12" });
    valueFrom(await ask(email));
    valueFrom(await acceptInvite.as(null, { secret: secretIn(mails[0]), password: PASSWORD }));
    expect(await signInWithPassword(email, PASSWORD)).toEqual({ id: userId });
  });

  test("gets the same answer for an e-mail that nobody has, and for a disabled account", async () => {
    const { userId, email } = await makeUser({ password: PASSWORD });
    const known = await ask(email);
    await pool().query(`UPDATE "user" SET disabled_at = now() WHERE id = $1`, [userId]);
    expect(await ask(email)).toEqual(known);
    expect(await ask("nobody@example.org")).toEqual(known);
    expect(mails).toHaveLength(1);
  });

  test("gets three mails in a quarter of an hour, and no word about the fourth", async () => {
    const { email } = await makeUser({ password: PASSWORD });
    const answers = [];
    for (let i = 0; i < 5; i++) answers.push(await ask(email));
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(mails).toHaveLength(3);
  });

  test("may choose a first one too, where the invitation ran out", async () => {
    const { email } = await makeUser();
    valueFrom(await ask(email));
    expect(mails[0]?.text).toContain("Your account on Framemark");
  });
});

describe("the configuration", () => {
  const base = {
    DATABASE_URL: "postgres://x",
    NEXTAUTH_SECRET: "x".repeat(32),
    NEXTAUTH_URL: "https://framemark.example.org",
  };
  const problemOf = (more: Record<string, string>) => {
    try {
      readEnv({ ...base, ...more });
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };

  test("names all that is wrong with mail and provider at once", () => {
    expect(problemOf({})).toBe("");
    expect(problemOf({ FRAMEMARK_SMTP_URL: "", FRAMEMARK_MAIL_FROM: "" })).toBe("");
    const told = problemOf({
      FRAMEMARK_SMTP_URL: "mail.example.org",
      FRAMEMARK_MAIL_FROM: "nobody",
      FRAMEMARK_OIDC_ISSUER: "http://id.example.org",
      FRAMEMARK_PROXIES: "many",
    });
    for (const word of ["smtp://", "MAIL_FROM", "https://", "PROXIES"])
      expect(told).toContain(word);
    expect(problemOf({ FRAMEMARK_SMTP_URL: "smtp://mail.example.org" })).toContain("or neither");
    expect(problemOf({ FRAMEMARK_OIDC_ISSUER: "https://id.example.org" })).toContain("or none");
    expect(problemOf({ FRAMEMARK_PASSWORDS: "off" })).toContain("nobody could sign in");
  });
});

test("a stranger cannot send mail from the site", async () => {
  const stranger = await makeUser();
  expect(failureFrom(await sendTestMail.as(stranger.actor, {})).kind).toBe("forbidden");
  expect(mails).toHaveLength(0);
});
