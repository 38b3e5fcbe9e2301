import "server-only";
import { z } from "zod";
import { cleanName, nameProblem } from "@/lib/domain/text/normalise";
import { isStorable } from "@/lib/domain/text/storable";

/** One line that names something: no control or invisible characters; stored composed and trimmed. */
export function nameInput(most = 200) {
  return z
    .string()
    .max(most, `This has at most ${most} characters.`)
    .superRefine((text, context) => {
      const problem = nameProblem(text);
      if (problem !== null) context.addIssue({ code: "custom", message: problem });
    })
    .transform(cleanName);
}

/** As nameInput; nothing or an empty line is null. */
export function optionalNameInput(most = 200) {
  return optionalLine.pipe(nameInput(most).nullable());
}

/** `next` of the page before, for lists that are read page by page. */
export const pageInput = z
  .string()
  .regex(/^\d{1,18}$/, "This is no page of the list.")
  .optional();

/** A headline: as nameInput, with the joiners that Persian and Indian scripts are written with. */
export const titleInput = z
  .string()
  .max(400, "A title has at most 400 characters.")
  .superRefine((text, context) => {
    const problem = nameProblem(text.replace(/[\u200C\u200D]/g, ""));
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  })
  .transform(cleanName);

/** Running text of several lines, kept as written. */
export function proseInput(most = 2_000) {
  return z
    .string()
    .max(most, `This has at most ${most} characters.`)
    .refine(isStorable, "This holds a character that cannot be stored.");
}

/** A language tag such as "en" or "de-AT". */
export const languageInput = z
  .string()
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, "Give a language code such as en or de-AT.");

const optionalLine = z
  .string()
  .nullable()
  .default(null)
  .transform((text) => (text === null || text.trim() === "" ? null : text.trim()));

const DAY = "Give a day as year-month-day, for example 2026-03-01.";

/** A day as 2026-03-01; nothing or an empty line is null. */
export const dayInput = optionalLine.pipe(
  z.iso
    .date(DAY)
    .refine((day) => day >= "1000", DAY)
    .nullable(),
);

/** An address on the web; nothing or an empty line is null. It is kept for reference, never fetched. */
export const addressInput = optionalLine.pipe(
  z
    .string()
    .max(2_000, "An address has at most 2000 characters.")
    .refine(isWebAddress, "Give a full address that starts with https:// or http://.")
    .nullable(),
);

function isWebAddress(text: string): boolean {
  return isStorable(text) && /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}

/** What is known of a document's source, each empty or a text; `event` is a name. */
export const factsInput = {
  outlet: optionalNameInput(),
  author: optionalNameInput(),
  publishedOn: dayInput,
  url: addressInput,
  country: optionalNameInput(80),
  section: optionalNameInput(),
  licence: optionalNameInput(),
  event: optionalNameInput(),
};
