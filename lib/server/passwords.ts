import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { failure, type Result, success } from "@/lib/domain/result";

/** argon2id (2 in the library's enumeration) at OWASP's minimum: 19 MiB, two passes. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 2;
const WAITING_AT_MOST = 20;

let running = 0;
const waiting: (() => void)[] = [];

/** Hashes a password exactly as received. */
export async function hashPassword(password: string): Promise<string> {
  await takeTurn();
  try {
    return await hash(password, COST);
  } finally {
    passTurn();
  }
}

/**
 * Whether the password fits. Without a stored hash it does the same work and answers no, so that
 * known and unknown accounts take the same time. Refuses while too many wait.
 */
export async function checkPassword(
  stored: string | null,
  password: string,
): Promise<Result<boolean>> {
  if (waiting.length >= WAITING_AT_MOST) {
    return failure("busy", "Many people are signing in. Try again in a moment.", {
      retryAfterSeconds: 2,
    });
  }
  await takeTurn();
  try {
    const fits = await verify(stored ?? (await dummyHash()), password);
    return success(stored !== null && fits);
  } finally {
    passTurn();
  }
}

let dummy: Promise<string> | undefined;
function dummyHash(): Promise<string> {
  dummy ??= hash("no account has this password", COST);
  return dummy;
}

async function takeTurn(): Promise<void> {
  if (running < AT_ONCE) {
    running++;
    return;
  }
  await new Promise<void>((resolve) => waiting.push(resolve));
}

function passTurn(): void {
  const next = waiting.shift();
  if (next) next();
  else running--;
}
