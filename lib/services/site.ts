import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { db, pool } from "@/lib/server/db";
import { env } from "@/lib/server/env";
import { readBanner } from "@/lib/server/instance";
import { isMailOn, type MailState, readMailState, sendMail } from "@/lib/server/mail";
import { recordAudit } from "./audit";
import { proseInput } from "./inputs";
import { defineUseCase } from "./use-case";

/** Whom the site asks for a second factor. */
const SECOND_FACTOR_OF = ["nobody", "admins", "admins_and_leads"] as const;
export type SecondFactorOf = (typeof SECOND_FACTOR_OF)[number];

/** The site as its admins see it. Secrets of the configuration are not among it. */
export type Site = {
  secondFactorOf: SecondFactorOf;
  banner: string;
  mail: (MailState & { from: string; server: string }) | null;
  provider: { name: string; issuer: string; callback: string } | null;
  hasPasswords: boolean;
  address: string;
};

/** How the site is set up. */
export const openSite = defineUseCase({
  name: "openSite",
  permission: "site.administer",
  scope: "instance",
  input: z.strictObject({}),
  async run(): Promise<Result<Site>> {
    const settings = env();
    return success({
      secondFactorOf: await readSecondFactorOf(),
      banner: await readBanner(),
      mail: isMailOn()
        ? {
            ...(await readMailState()),
            from: settings.FRAMEMARK_MAIL_FROM ?? "",
            server: new URL(settings.FRAMEMARK_SMTP_URL ?? "").host,
          }
        : null,
      provider:
        settings.FRAMEMARK_OIDC_ISSUER === undefined
          ? null
          : {
              name: settings.FRAMEMARK_OIDC_NAME,
              issuer: settings.FRAMEMARK_OIDC_ISSUER,
              callback: new URL("/api/auth/callback/open-id", settings.NEXTAUTH_URL).href,
            },
      hasPasswords: settings.FRAMEMARK_PASSWORDS === "on",
      address: settings.NEXTAUTH_URL,
    });
  },
});

/** Sends a mail to the caller, to see whether mail works. */
export const sendTestMail = defineUseCase({
  name: "sendTestMail",
  permission: "site.administer",
  scope: "instance",
  input: z.strictObject({}),
  async run(_, { userId }) {
    const { email } = await db().user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true },
    });
    const sent = await sendMail({
      to: email,
      subject: "Framemark can send mail",
      text: `This mail was asked for on the admin's page of ${env().NEXTAUTH_URL}.\n`,
    });
    return sent.ok ? success({ to: email }) : sent;
  },
});

/** Asks the provider for what it says of itself, to see whether it can be reached and is the one of the setting. */
export const testProvider = defineUseCase({
  name: "testProvider",
  permission: "site.administer",
  scope: "instance",
  input: z.strictObject({}),
  async run(): Promise<Result<null>> {
    const issuer = env().FRAMEMARK_OIDC_ISSUER;
    if (issuer === undefined) return failure("closed", "No provider is set.");
    const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    // The address stands in the configuration of the server: no person gives it.
    const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (answer === null || !answer.ok) {
      return failure("busy", `${address} does not answer${answer ? ` (${answer.status})` : ""}.`);
    }
    const told = z.object({ issuer: z.string() }).safeParse(await answer.json().catch(() => null));
    if (told.success && told.data.issuer === issuer) return success(null);
    return failure("conflict", "The provider calls itself otherwise than FRAMEMARK_OIDC_ISSUER.");
  },
});

/** Says whom the site asks for a second factor. Who has none must set one up before anything else. */
export const setSecondFactorOf = defineUseCase({
  name: "setSecondFactorOf",
  permission: "site.administer",
  scope: "instance",
  needsProof: true,
  input: z.strictObject({ of: z.enum(SECOND_FACTOR_OF) }),
  async run({ of }, caller) {
    await store("second_factor_of", of);
    await recordAudit(caller, {
      action: "site.second_factor_set",
      targetType: "site",
      detail: { of },
    });
    return success(null);
  },
});

/** Shows a message on top of every page, such as for maintenance; empty for none. */
export const setBanner = defineUseCase({
  name: "setBanner",
  permission: "site.administer",
  scope: "instance",
  input: z.strictObject({ banner: proseInput(300) }),
  async run({ banner }, caller) {
    await store("banner", banner.trim());
    await recordAudit(caller, {
      action: "site.banner_set",
      targetType: "site",
      detail: { isShown: banner.trim() !== "" },
    });
    return success(null);
  },
});

async function readSecondFactorOf(): Promise<SecondFactorOf> {
  const row = await db().instanceSetting.findUnique({ where: { name: "second_factor_of" } });
  return SECOND_FACTOR_OF.find((each) => each === row?.value) ?? "nobody";
}

async function store(name: string, value: string): Promise<void> {
  await pool().query(
    `INSERT INTO instance_setting (name, value) VALUES ($1, $2::jsonb)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [name, JSON.stringify(value)],
  );
}
