import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "./env";

/** Before every sealed text, so that another way to seal can be told from this one. */
const FORM = "v1";

/** Seals a secret for the database with the key of the site (AES-256-GCM); `purpose` is bound to it. */
export function seal(purpose: string, secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), nonce);
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return [FORM, nonce, cipher.getAuthTag(), sealed]
    .map((part) => (typeof part === "string" ? part : part.toString("base64url")))
    .join(".");
}

/** What was sealed for this purpose; null where the key of the site is another one by now, or it was changed. */
export function unseal(purpose: string, sealed: string): string | null {
  const [form, nonce = "", tag = "", content = ""] = sealed.split(".");
  if (form !== FORM) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), bytes(nonce), {
      authTagLength: 16,
    });
    decipher.setAuthTag(bytes(tag));
    return Buffer.concat([decipher.update(bytes(content)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function bytes(text: string): Buffer {
  return Buffer.from(text, "base64url");
}

function keyFor(purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "", `framemark:${purpose}`, 32));
}
