import "server-only";
import { z } from "zod";

/** A setting that may be missing; an empty one is missing, as compose files write it. */
const optional = <Schema extends z.ZodType>(inner: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), inner.optional());

/** A setting that must be there. */
const present = (message: string, least: number) => z.string(message).min(least, message);

const settings = z.object({
  DATABASE_URL: present("DATABASE_URL names the PostgreSQL database.", 1),
  NEXTAUTH_SECRET: present("NEXTAUTH_SECRET has 32 characters or more.", 32),
  NEXTAUTH_URL: z.url("NEXTAUTH_URL is the address of the site."),
  FRAMEMARK_DATA: z.string().default(".framemark"),
  FRAMEMARK_DEMO: z.enum(["on", "off"]).default("on"),
  /** Whether articles may be fetched from the web; then the server connects to addresses that people give. */
  FRAMEMARK_WEB_IMPORT: z.enum(["on", "off"]).default("off"),
  /** Requests a second that one person or token may send to the API for long. */
  FRAMEMARK_API_RATE: optional(
    z.coerce.number("FRAMEMARK_API_RATE is a number.").min(1, "FRAMEMARK_API_RATE is 1 or more."),
  ),
  /** Receivers of webhooks, as host:port, that may be in a private network. */
  FRAMEMARK_WEBHOOK_HOSTS: z.string().default(""),
  /** Proxies in front that each add an address to X-Forwarded-For. A proxy on this machine need not be counted. */
  FRAMEMARK_PROXIES: optional(
    z.coerce
      .number("FRAMEMARK_PROXIES is a number.")
      .int()
      .min(0)
      .max(5, "FRAMEMARK_PROXIES is 5 at most."),
  ),
  /** Where mail is handed in, such as smtps://name:password@mail.example.org. */
  FRAMEMARK_SMTP_URL: optional(
    z.string().regex(/^smtps?:\/\/[^\s]+$/, "FRAMEMARK_SMTP_URL begins with smtp:// or smtps://."),
  ),
  /** Whom mail is from, such as Framemark <framemark@example.org>. */
  FRAMEMARK_MAIL_FROM: optional(
    z.string().regex(/^[^\r\n]+@[^\r\n]+$/, "FRAMEMARK_MAIL_FROM is an e-mail address."),
  ),
  /** An OpenID provider by which people sign in; all three, or none. */
  FRAMEMARK_OIDC_ISSUER: optional(
    z.url("FRAMEMARK_OIDC_ISSUER is the address of the provider.").refine(isConfidential, {
      message: "FRAMEMARK_OIDC_ISSUER begins with https://.",
    }),
  ),
  FRAMEMARK_OIDC_CLIENT_ID: optional(z.string()),
  FRAMEMARK_OIDC_CLIENT_SECRET: optional(z.string()),
  /** What the button on the sign-in page calls it. */
  FRAMEMARK_OIDC_NAME: z.string().default("single sign-on"),
  /** Whether people may sign in by password; off needs an OpenID provider. */
  FRAMEMARK_PASSWORDS: z.enum(["on", "off"]).default("on"),
  /** Least level of the JSON lines on the standard error stream; info has a line for each use case. */
  FRAMEMARK_LOG: optional(
    z.enum(
      ["debug", "info", "warn", "error", "silent"],
      "FRAMEMARK_LOG is debug, info, warn, error or silent.",
    ),
  ),
  /** Who shows it may read /metrics; without it there is no such page. */
  FRAMEMARK_METRICS_TOKEN: optional(
    z.string().min(16, "FRAMEMARK_METRICS_TOKEN has 16 characters or more."),
  ),
});

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(settings.shape);

const schema = settings.superRefine((each, context) => {
  const refuse = (message: string) => context.addIssue({ code: "custom", message });
  if ((each.FRAMEMARK_SMTP_URL === undefined) !== (each.FRAMEMARK_MAIL_FROM === undefined)) {
    refuse("Set both FRAMEMARK_SMTP_URL and FRAMEMARK_MAIL_FROM, or neither.");
  }
  const provider = [
    each.FRAMEMARK_OIDC_ISSUER,
    each.FRAMEMARK_OIDC_CLIENT_ID,
    each.FRAMEMARK_OIDC_CLIENT_SECRET,
  ].filter((value) => value !== undefined).length;
  if (provider !== 0 && provider !== 3) {
    refuse("Set FRAMEMARK_OIDC_ISSUER, FRAMEMARK_OIDC_CLIENT_ID and _CLIENT_SECRET, or none.");
  }
  if (each.FRAMEMARK_PASSWORDS === "off" && provider !== 3) {
    refuse("FRAMEMARK_PASSWORDS=off needs FRAMEMARK_OIDC_ISSUER: nobody could sign in.");
  }
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** The configuration, read once; throws one error that lists all that is wrong. */
export function env(): Env {
  if (parsed !== undefined) return parsed;
  parsed = readEnv(process.env);
  return parsed;
}

/** As env, of given variables. */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const result = schema.safeParse(variables);
  if (result.success) return result.data;
  throw new Error(`Configuration: ${result.error.issues.map((each) => each.message).join(" ")}`);
}

/** Whether the site is reached by TLS, so that cookies can be bound to it. Read by itself, since a build has no site. */
export function isSecureSite(): boolean {
  return (process.env.NEXTAUTH_URL ?? "").startsWith("https://");
}

/** Whether articles may be fetched from the web. Read by itself, since programs need not have the rest. */
export function isWebImportOn(): boolean {
  return process.env.FRAMEMARK_WEB_IMPORT === "on";
}

/** Receivers of webhooks, as host:port, that may be in a private network. Read by itself, as above. */
export function webhookHosts(): string[] {
  const named = process.env.FRAMEMARK_WEBHOOK_HOSTS ?? "";
  return named.split(",").map((each) => each.trim());
}

/** How many requests a second one person or token may send to the API for long. Read by itself, as above. */
export function apiRate(): number {
  const rate = Number(process.env.FRAMEMARK_API_RATE);
  return Number.isFinite(rate) && rate > 0 ? rate : 20;
}

/** Whether the site has a mail server. Read by itself, as above. */
export function isMailConfigured(): boolean {
  return Boolean(process.env.FRAMEMARK_SMTP_URL);
}

/** The folder for files that are kept beside the database. Read by itself, as above. */
export function dataFolder(): string {
  return process.env.FRAMEMARK_DATA || ".framemark";
}

/** TLS, or a provider on this machine, as tests have it. */
function isConfidential(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
