/** How somebody has days and times written. Without these: English, UTC. */
export type Place = { language?: string | undefined; timeZone?: string | undefined };

/** Languages by which days and numbers can be written; the words of the product are English. */
export const LANGUAGES = [
  "ar",
  "bg",
  "cs",
  "da",
  "de",
  "de-AT",
  "de-CH",
  "el",
  "en-GB",
  "en-US",
  "es",
  "et",
  "fi",
  "fr",
  "he",
  "hi",
  "hr",
  "hu",
  "it",
  "ja",
  "ko",
  "lt",
  "lv",
  "nb",
  "nl",
  "pl",
  "pt",
  "pt-BR",
  "ro",
  "ru",
  "sk",
  "sl",
  "sv",
  "tr",
  "uk",
  "zh",
] as const;

/** Names of time zones that this machine knows. */
export function timeZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}

/** Whether days can be written in it. */
export function isKnownLanguage(language: string): boolean {
  return LANGUAGES.some((each) => each === language);
}

/** Whether this is the name of a time zone. */
export function isKnownTimeZone(zone: string): boolean {
  return timeZones().includes(zone);
}

/** A day with its time to the minute, as somebody of that place reads it; the zone is named. */
export function writeMoment(moment: Date, { language, timeZone }: Place): string {
  return new Intl.DateTimeFormat(language ?? "en-GB", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: timeZone ?? "UTC",
    timeZoneName: "short",
  }).format(moment);
}
