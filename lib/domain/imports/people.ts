import { normaliseEmail } from "../email";
import { cleanName, nameProblem } from "../text/normalise";
import { readDelimited } from "./delimited";

/** A person of a list to invite; `problem` says why the line cannot be used. */
export type ListedPerson = {
  line: number;
  email: string;
  name: string;
  problem: string | null;
};

/** Most lines of one list. */
export const MOST_PEOPLE = 200;
const LONGEST_NAME = 100;
const EMAIL = /^e-?mail/i;
const NAME = /^(full )?name$/i;

/**
 * Reads a list of people: CSV or TSV with the columns e-mail and name, or an e-mail in each line. Nothing
 * is left out; a line that cannot be used says why.
 */
export async function readPeople(content: string): Promise<ListedPerson[]> {
  const people: ListedPerson[] = [];
  const seen = new Map<string, number>();
  const text = withHead(content);
  const shift = text === content ? 0 : 1;
  for await (const item of readDelimited(text)) {
    if (people.length >= MOST_PEOPLE) break;
    const line = Math.max(1, (item.line ?? 1) - shift);
    if ("problem" in item) {
      people.push({ line, email: "", name: "", problem: item.problem });
      continue;
    }
    const person = personOf(item.cells);
    const before = seen.get(person.email);
    const problem =
      person.problem ?? (before === undefined ? null : `This e-mail stands in line ${before} too.`);
    if (person.problem === null && before === undefined) seen.set(person.email, line);
    people.push({ line, ...person, problem });
  }
  return people;
}

/** A list without a head is given one: its columns are e-mail and name. */
function withHead(content: string): string {
  const bare = content.replace(/^\uFEFF/, "");
  const first = bare.split(/\r\n|[\r\n]/).find((line) => line.trim() !== "") ?? "";
  if (!first.includes("@")) return content;
  const delimiter = ["\t", ";", ","].find((sign) => first.includes(sign)) ?? ",";
  return `email${delimiter}name\n${bare}`;
}

function personOf(cells: ReadonlyMap<string, string>): Omit<ListedPerson, "line"> {
  const raw = cellOf(cells, EMAIL).trim();
  const email = normaliseEmail(raw);
  if (email === null) {
    const problem = raw === "" ? "There is no e-mail." : "This is not an e-mail address.";
    return { email: raw.slice(0, 254), name: "", problem };
  }
  const written = cellOf(cells, NAME).trim() || (email.split("@")[0] ?? email);
  if (written.length > LONGEST_NAME) {
    return { email, name: written.slice(0, LONGEST_NAME), problem: "The name is too long." };
  }
  return { email, name: cleanName(written), problem: nameProblem(written) };
}

function cellOf(cells: ReadonlyMap<string, string>, wanted: RegExp): string {
  for (const [column, value] of cells) if (wanted.test(column)) return value;
  return "";
}
