import "server-only";
import { createTransport } from "nodemailer";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "./db";
import { env, isMailConfigured } from "./env";

/** In milliseconds: a person waits for the answer. */
const PATIENCE = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };

/** How the last mail went, for the admin's page. */
export type MailState = { sentAt: string | null; failedAt: string | null; problem: string | null };

/** Whether this site can send mail. */
export function isMailOn(): boolean {
  return isMailConfigured();
}

/** Hands one mail of plain text to the site's server. Refuses with a sentence where that did not work. */
export async function sendMail(mail: {
  to: string;
  subject: string;
  text: string;
}): Promise<Result<null>> {
  const url = env().FRAMEMARK_SMTP_URL;
  if (url === undefined) return failure("closed", "This site sends no mail.");
  const transport = createTransport({ url, requireTLS: !isOnThisMachine(url), ...PATIENCE });
  try {
    await transport.sendMail({ ...mail, from: env().FRAMEMARK_MAIL_FROM });
    await noteMail({ sentAt: new Date().toISOString(), failedAt: null, problem: null });
    return success(null);
  } catch (error) {
    const problem = describe(error);
    process.stderr.write(`Mail failed: ${problem}\n`);
    await noteMail({ sentAt: null, failedAt: new Date().toISOString(), problem });
    return failure("busy", `The mail could not be sent: ${problem}`);
  } finally {
    transport.close();
  }
}

/** How the last mail went. */
export async function readMailState(): Promise<MailState> {
  const { rows } = await pool().query<{ value: MailState }>(
    `SELECT value FROM instance_setting WHERE name = 'mail'`,
  );
  return rows[0]?.value ?? { sentAt: null, failedAt: null, problem: null };
}

async function noteMail(state: MailState): Promise<void> {
  await pool().query(
    `INSERT INTO instance_setting (name, value) VALUES ('mail', $1::jsonb)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(state)],
  );
}

/** What the mail server said, in one line and without what it may repeat of the mail. */
function describe(error: unknown): string {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  const named = WORDS[code ?? ""] ?? "the mail server refused it";
  return responseCode === undefined ? `${named}.` : `${named} (answer ${responseCode}).`;
}

const WORDS: Record<string, string> = {
  EAUTH: "the mail server did not accept the name and password of FRAMEMARK_SMTP_URL",
  ECONNECTION: "the mail server cannot be reached",
  ECONNREFUSED: "the mail server cannot be reached",
  EDNS: "the mail server's name is not known",
  ENOTFOUND: "the mail server's name is not known",
  ESOCKET: "the connection to the mail server broke",
  ETIMEDOUT: "the mail server did not answer in time",
  ETLS: "the mail server has no TLS that can be trusted",
  EENVELOPE: "the mail server refused the address",
};

function isOnThisMachine(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}
