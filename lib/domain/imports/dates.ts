const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/**
 * The day, as 2026-03-01, of a date as sources write it; null where it is no date or could be two, as
 * 3/4/2026 could. A time is dropped: the day is the one that the source names.
 */
export function dayOf(written: string): string | null {
  const text = written.trim();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[T ])/.exec(text);
  if (iso !== null) return day(iso[1], iso[2], iso[3]);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact !== null) return day(compact[1], compact[2], compact[3]);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  if (dotted !== null) return day(dotted[3], dotted[2], dotted[1]);
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text);
  if (slashed !== null) return slashedDay(slashed);
  const dayFirst = /^(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)\.?,? (\d{4})\b/i.exec(text);
  if (dayFirst !== null) return day(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]);
  const monthFirst = /^(?:[a-z]+, )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/i.exec(text);
  if (monthFirst !== null) return day(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2]);
  return null;
}

/** Clear only where one of the first two numbers can be no month, or both are the same. */
function slashedDay([, first = "", second = "", year]: RegExpExecArray): string | null {
  if (Number(first) > 12 || first === second) return day(year, second, first);
  return Number(second) > 12 ? day(year, first, second) : null;
}

function monthOf(name = ""): string {
  const wanted = name.toLowerCase();
  const at = MONTHS.findIndex(
    (month) => wanted.length >= 3 && month.startsWith(wanted.slice(0, 9)),
  );
  return wanted === "sept" ? "9" : String(at + 1);
}

function day(year = "", month = "", date = ""): string | null {
  const text = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return null;
  return year >= "1000" ? text : null;
}
