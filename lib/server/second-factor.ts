import "server-only";
import { randomInt } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type pg from "pg";
import { pool } from "./db";
import { seal, unseal } from "./sealed";
import { hashSecret } from "./tokens";

/** As every app for such codes expects it: six digits by SHA-1, a new code each half minute (RFC 6238). */
const FORM = { algorithm: "SHA1", digits: 6, period: 30 } as const;
const ISSUER = "Framemark";
/** Clocks of phones may be a step off. */
const WINDOW = 1;

const RECOVERY_CODES = 10;
/** Letters and digits that are not mistaken for each other; sixteen of them are 78 bits. */
const SIGNS = "23456789abcdefghjkmnpqrstvwxyz";

/** A fresh secret for an app: as text to type, as the address that a QR code holds, and sealed for the database. */
export function newSecondFactor(
  userId: string,
  email: string,
): { secret: string; address: string; sealed: string } {
  const secret = new Secret({ size: 20 });
  return {
    secret: secret.base32,
    address: generator(secret, email).toString(),
    sealed: seal(`second-factor:${userId}`, secret.base32),
  };
}

/** What an app shows for a sealed secret, to be scanned again; null where it cannot be opened any more. */
export function openSecondFactor(
  userId: string,
  email: string,
  sealed: string,
): { secret: string; address: string } | null {
  const secret = unseal(`second-factor:${userId}`, sealed);
  if (secret === null) return null;
  return { secret, address: generator(Secret.fromBase32(secret), email).toString() };
}

/**
 * Whether this is the code of the moment, of the half minute before or after, and newer than any that
 * was used: each works once, however many ask at the same time. `isConfirmed` tells a factor in use from
 * one that is being set up.
 */
export async function takeCode(
  client: Pick<pg.Pool, "query">,
  { userId, code, isConfirmed }: { userId: string; code: string; isConfirmed: boolean },
): Promise<boolean> {
  const { rows } = await client.query<{ secret: string }>(
    `SELECT secret FROM second_factor WHERE user_id = $1 AND (confirmed_at IS NOT NULL) = $2`,
    [userId, isConfirmed],
  );
  const secret = rows[0] && unseal(`second-factor:${userId}`, rows[0].secret);
  if (!secret) return false;
  const now = Date.now();
  const token = code.replace(/\s/g, "");
  const delta = generator(Secret.fromBase32(secret), "").validate({
    token,
    timestamp: now,
    window: WINDOW,
  });
  if (delta === null) return false;
  const step = Math.floor(now / 1000 / FORM.period) + delta;
  const { rowCount } = await client.query(
    `UPDATE second_factor SET last_step = $2 WHERE user_id = $1 AND last_step < $2`,
    [userId, step],
  );
  return rowCount === 1;
}

/** Whether this is one of the recovery codes that were not used; it is used up. */
export async function takeRecoveryCode(userId: string, code: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE recovery_code SET used_at = now()
      WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL`,
    [userId, hashRecoveryCode(userId, code)],
  );
  return rowCount === 1;
}

/** Recovery codes to be written down, with what is stored of them. */
export function newRecoveryCodes(userId: string): { codes: string[]; hashes: string[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  return { codes, hashes: codes.map((code) => hashRecoveryCode(userId, code)) };
}

function newRecoveryCode(): string {
  const part = () => Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]).join("");
  return [part(), part(), part(), part()].join("-");
}

function hashRecoveryCode(userId: string, code: string): string {
  return hashSecret(`recovery:${userId}`, code.toLowerCase().replace(/[^a-z0-9]/g, ""));
}

function generator(secret: Secret, email: string): TOTP {
  return new TOTP({ ...FORM, issuer: ISSUER, label: email || ISSUER, secret });
}
