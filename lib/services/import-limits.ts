import "server-only";
import { failure, type Result, success } from "@/lib/domain/result";
import { counted } from "@/lib/domain/wording";
import { takeUnits } from "@/lib/server/api/rate-limit";
import type { Caller } from "./use-case";

/** What one person may ask for in an hour, and how many imports at once by somebody who has made none for long. */
const IMPORTS_AN_HOUR = 10;
const IMPORTS_AT_ONCE = 40;
const ADDRESSES_AN_HOUR = 60;
/** Requests of one person that fetch pages at the same time. */
const FETCHES_AT_ONCE = 2;

/** Whoever acts without a session or a token runs the machine, and is not limited. */
function isLimited({ sessionId, token }: Caller): boolean {
  return sessionId !== null || token !== undefined;
}

/** Takes one import from what a person may begin in an hour; answers the refusal where there is none left. */
export async function takeImport(caller: Caller): Promise<Result<never> | null> {
  const wait = await take(caller, "imports", {
    cost: 1,
    anHour: IMPORTS_AN_HOUR,
    atOnce: IMPORTS_AT_ONCE,
  });
  return wait === 0
    ? null
    : tooMany(
        `You have begun many imports; ${IMPORTS_AN_HOUR} more are possible an hour. Put more files into one.`,
        wait,
      );
}

const fetching = new Map<string, number>();

/**
 * Takes addresses from what a person may have fetched in an hour, and one of their places for fetching at the
 * same time. The caller gives the place back.
 */
export async function takeFetches(
  caller: Caller,
  addresses: number,
): Promise<Result<{ release: () => void }>> {
  if (!isLimited(caller)) return success({ release: () => {} });
  const { userId } = caller;
  const running = fetching.get(userId) ?? 0;
  if (running >= FETCHES_AT_ONCE) {
    return tooMany("Pages are being fetched for you already. Wait until they are there.", 10);
  }
  if (addresses > ADDRESSES_AN_HOUR) {
    return failure("invalid", `Give at most ${ADDRESSES_AN_HOUR} addresses at once.`);
  }
  fetching.set(userId, running + 1);
  const release = () => {
    const left = (fetching.get(userId) ?? 1) - 1;
    if (left === 0) fetching.delete(userId);
    else fetching.set(userId, left);
  };
  const wait = await take(caller, "addresses", {
    cost: addresses,
    anHour: ADDRESSES_AN_HOUR,
    atOnce: ADDRESSES_AN_HOUR,
  });
  if (wait === 0) return success({ release });
  release();
  return tooMany(`At most ${ADDRESSES_AN_HOUR} addresses are fetched for you in an hour.`, wait);
}

async function take(
  caller: Caller,
  what: string,
  { cost, anHour, atOnce }: { cost: number; anHour: number; atOnce: number },
): Promise<number> {
  if (!isLimited(caller)) return 0;
  return takeUnits(`${what} ${caller.userId}`, cost, { perSecond: anHour / 3600, burst: atOnce });
}

function tooMany(why: string, seconds: number): Result<never> {
  const minutes = counted(Math.max(1, Math.ceil(seconds / 60)), "minute");
  return failure("busy", `${why} Try again in ${minutes}.`, { retryAfterSeconds: seconds });
}
