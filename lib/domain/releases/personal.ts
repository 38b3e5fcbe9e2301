/** Somebody whose name or address must not stand in a release. */
export type Person = { name: string; email: string };

/** What was found in a text, without repeating it. */
export type PersonalFinding = "email" | "member_name" | "member_email";

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
/** Shorter parts of names are words of many languages. */
const SHORTEST_PART = 4;

/** Finds e-mail addresses, and names and addresses of members, whatever their case and accents. */
export function createPersonalScan(people: readonly Person[]): (text: string) => PersonalFinding[] {
  const emails = people.map(({ email }) => fold(email)).filter((email) => email !== "");
  const names = new Set(people.flatMap(({ name }) => namesOf(name)));
  return (text) => {
    const folded = fold(text);
    const found: PersonalFinding[] = [];
    if (emails.some((email) => folded.includes(email))) found.push("member_email");
    else if (EMAIL.test(text)) found.push("email");
    const words = ` ${(folded.match(WORD) ?? []).join(" ")} `;
    if ([...names].some((name) => words.includes(` ${name} `))) found.push("member_name");
    return found;
  };
}

const WORD = /[\p{L}\p{N}]+/gu;

function namesOf(name: string): string[] {
  const parts = fold(name).match(WORD) ?? [];
  const whole = parts.join(" ");
  return [
    ...(whole === "" ? [] : [whole]),
    ...parts.filter((part) => part.length >= SHORTEST_PART),
  ];
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
