const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago a moment was, in words: "5 minutes ago", and after a month the day itself (UTC). */
export function ago(then: Date, now: Date): string {
  const passed = now.getTime() - then.getTime();
  if (passed < 2 * MINUTE) return "just now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} minutes ago`;
  if (passed < 2 * HOUR) return "an hour ago";
  if (passed < DAY) return `${Math.floor(passed / HOUR)} hours ago`;
  if (passed < 2 * DAY) return "a day ago";
  if (passed < 31 * DAY) return `${Math.floor(passed / DAY)} days ago`;
  return then.toISOString().slice(0, 10);
}
