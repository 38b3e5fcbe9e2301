import "server-only";
import { failure, type Result, success } from "@/lib/domain/result";
import { checkPassword } from "@/lib/server/passwords";
import { clearFailures, returnTry, takeTry } from "@/lib/server/throttle";

const MOST = 5;

/** Whether somebody who is signed in typed their password right; tries are counted, as at the sign-in. */
export async function checkPresentPassword(
  userId: string,
  stored: string | null,
  present: string,
): Promise<Result<null>> {
  const subject = `password:${userId}`;
  if (!(await takeTry([{ subject, most: MOST }]))) {
    return failure("busy", "Too many tries. Wait up to 15 minutes.", { place: "present" });
  }
  const checked = await checkPassword(stored, present);
  if (!checked.ok) {
    await returnTry([{ subject, most: MOST }]);
    return checked;
  }
  if (!checked.value) {
    return failure("invalid", "This is not your present password.", { place: "present" });
  }
  await clearFailures(subject);
  return success(null);
}
