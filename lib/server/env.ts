import "server-only";
import { z } from "zod";

const schema = z.object({
  DATABASE_URL: z.string().min(1, "DATABASE_URL names the PostgreSQL database."),
  NEXTAUTH_SECRET: z.string().min(32, "NEXTAUTH_SECRET has 32 characters or more."),
  NEXTAUTH_URL: z.url("NEXTAUTH_URL is the address of the site."),
  FRAMEMARK_DATA: z.string().default(".framemark"),
  FRAMEMARK_DEMO: z.enum(["on", "off"]).default("on"),
  /** Whether articles may be fetched from the web; then the server connects to addresses that people give. */
  FRAMEMARK_WEB_IMPORT: z.enum(["on", "off"]).default("off"),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** The configuration, read once; throws one error that lists all that is wrong. */
export function env(): Env {
  if (parsed !== undefined) return parsed;
  const result = schema.safeParse(process.env);
  if (!result.success) {
    throw new Error(`Configuration: ${result.error.issues.map((each) => each.message).join(" ")}`);
  }
  parsed = result.data;
  return parsed;
}

/** Whether articles may be fetched from the web. Read by itself, since programs need not have the rest. */
export function isWebImportOn(): boolean {
  return process.env.FRAMEMARK_WEB_IMPORT === "on";
}

/** The folder for files that are kept beside the database. Read by itself, as above. */
export function dataFolder(): string {
  return process.env.FRAMEMARK_DATA || ".framemark";
}
