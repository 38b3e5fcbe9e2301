/** One document that the lead gives to one person. */
export type FixedPair = { documentId: string; userId: string };

/** What a pasted list says, and what could not be read of it. */
export type ReadLists = { fixed: FixedPair[]; problems: string[] };

type Known = {
  people: readonly { userId: string; name: string }[];
  documents: readonly { documentId: string; title: string }[];
};

/**
 * Reads fixed lists as they come from a spreadsheet or a letter: in each line a person, then a tab or a
 * semicolon, then the title or the id of a document. Case does not count. Pairs are taken once.
 */
export function readFixedLists(text: string, known: Known): ReadLists {
  const index = indexOf(known);
  const fixed = new Map<string, FixedPair>();
  const problems: string[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const read = readLine(line, index);
    if (typeof read === "string") problems.push(`Line ${at + 1}: ${read}`);
    else fixed.set(`${read.userId} ${read.documentId}`, read);
  }
  return { fixed: [...fixed.values()], problems };
}

type Index = { people: Map<string, string[]>; documents: Map<string, string[]> };

function indexOf({ people, documents }: Known): Index {
  return {
    people: grouped(people.map(({ name, userId }) => [plain(name), userId])),
    documents: grouped(
      documents.flatMap(({ title, documentId }) => [
        [plain(title), documentId],
        [documentId, documentId],
      ]),
    ),
  };
}

/** The pair of a line, or what is wrong with it. */
function readLine(line: string, { people, documents }: Index): FixedPair | string {
  const parts = /^([^\t;]*)[\t;](.*)$/.exec(line);
  if (parts === null) return "there is no semicolon or tab between person and document.";
  const [, person = "", document = ""] = parts;
  const [userId, ...namesakes] = people.get(plain(person)) ?? [];
  if (userId === undefined) return `nobody chosen is called “${person.trim()}”.`;
  if (namesakes.length > 0) return `several people are called “${person.trim()}”.`;
  const [documentId, ...others] = documents.get(plain(document)) ?? [];
  if (documentId === undefined) return `no document is called “${document.trim()}”.`;
  if (others.length > 0) {
    return `several documents are called “${document.trim()}”; write the id of one.`;
  }
  return { userId, documentId };
}

function plain(words: string): string {
  return words.normalize("NFC").trim().toLowerCase();
}

function grouped(entries: readonly (readonly [string, string])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, value] of entries) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}
