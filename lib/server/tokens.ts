import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** A fresh secret for a link: 256 bits, safe in an address. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a secret. The purpose is part of it, so that no token serves another purpose. */
export function hashSecret(purpose: string, secret: string): string {
  return createHash("sha256").update(`${purpose}:${secret}`).digest("hex");
}

/** SHA-256 of a text's UTF-8 bytes, as hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
