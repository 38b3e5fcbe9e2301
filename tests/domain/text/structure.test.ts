import { describe, expect, it } from "vitest";
import { indexText } from "../../../lib/domain/text/offsets";
import {
  ANNOTATABLE_ROLES,
  BLOCK_ROLES,
  isAnnotatable,
  roleName,
} from "../../../lib/domain/text/roles";
import { findBlocks } from "../../../lib/domain/text/structure";
import { chance } from "../../support/random";
import { readArticle, seedArticles } from "./articles";

const rolesOf = (text: string) => findBlocks(text).map((block) => block.role);
const PARAGRAPH =
  "The council met on Tuesday, and it sent the plan back to the ministry without giving a reason.";

describe("blocks of an article", () => {
  it.each([
    "harbour",
    "wire",
    "german",
    "turkish",
    "arabic",
    "hebrew",
    "chinese",
    "emoji",
    "paragraph",
    "poem",
    "markdown",
    "single",
  ])("are found in the article %s", (name) => {
    const { text, lines } = readArticle(name);
    const index = indexText(text);
    const found = findBlocks(text).map(({ start, end, role }) => ({
      text: index.slice(start, end),
      role,
    }));
    expect(found).toEqual(lines);
  });

  for (const seed of seedArticles()) {
    it("are found in the article to start with", () => {
      const expected = seed.blocks.map(({ start, end, role }) => ({ start, end, role }));
      expect(findBlocks(seed.text)).toEqual(expected);
    });
  }

  it("are the lines with ink, whatever the text", () => {
    const random = chance(4);
    const pieces = [
      "a",
      " ",
      "\n",
      "😀",
      "\u00a0",
      "\u200b",
      ".",
      "READ MORE: ",
      "Loading...",
      "\n\n",
      "AA",
    ] as const;
    for (let round = 0; round < 500; round++) {
      const text = random.text(pieces, 40);
      const index = indexText(text);
      const lines = text.split("\n").filter((line) => /[^\s\u200b]/.test(line));
      expect(findBlocks(text).map(({ start, end }) => index.slice(start, end))).toEqual(lines);
    }
  });
});

describe("roles of blocks", () => {
  it("give no headline to a text that begins with a long sentence", () => {
    expect(rolesOf(`${PARAGRAPH}\n\n${PARAGRAPH} Again.`)).toEqual(["body", "body"]);
  });

  it("give no standfirst to a paragraph with a dateline", () => {
    const text = `Plan sent back\n\nLINDEN, Norrland (NPA) — ${PARAGRAPH}\n\n${PARAGRAPH}`;
    expect(rolesOf(text)).toEqual(["headline", "body", "body"]);
  });

  it("take a verse that comes again for verse, not for a caption", () => {
    const verse = "The fog came down\nand nobody saw\nThe fog came down\nand nobody heard";
    expect(rolesOf(verse)).toEqual(["body", "body", "body", "body"]);
  });

  it("read a link with a no-break space, capitals or an arrow", () => {
    for (const link of [
      "READ MORE:\u00a0More",
      "See also: More",
      "ALSO READ More",
      "› Read more",
    ]) {
      expect(rolesOf(`Plan\n\n${PARAGRAPH}\n\n${link}`).at(-1)).toBe("related_link");
    }
  });

  it("keep a sentence that only begins like a link or a byline", () => {
    for (const sentence of [
      "Read more books, the minister said.",
      "By noon the square was empty.",
      "Related crimes fell.",
    ]) {
      expect(rolesOf(`Plan\n\n${PARAGRAPH}\n\n${sentence}`).at(-1)).toBe("body");
    }
  });

  it("read credits in words, brackets and signatures", () => {
    for (const credit of [
      "Photo: Mira Soll",
      "Credit: NPA",
      "[AFP]",
      "Mira Soll/Reuters",
      "© Mira Soll",
      "AA",
    ]) {
      const text = `Plan sent back\n\nThe old bridge at dusk, in a file photo.\n${credit}\n\n${PARAGRAPH}`;
      expect(rolesOf(text)).toEqual(["headline", "caption", "photo_credit", "body"]);
    }
  });

  it("know several captions of one article", () => {
    const text = `Plan\n\nThe bridge. [Jon Pell/Reuters]\n\n${PARAGRAPH}\n\nThis photo shows the river.\n\nNobody said why.`;
    expect(rolesOf(text)).toEqual(["headline", "caption", "body", "caption", "body"]);
  });

  it("stay quick in a text of very many short lines", () => {
    const blocks = findBlocks("a line\n\n".repeat(100_000));
    expect(blocks).toHaveLength(100_000);
  });

  it("have names, and five of them are annotated by default", () => {
    expect(new Set(BLOCK_ROLES.map(roleName)).size).toBe(BLOCK_ROLES.length);
    expect(ANNOTATABLE_ROLES).toEqual(["headline", "standfirst", "subheading", "body", "quote"]);
    expect(isAnnotatable("caption_duplicate")).toBe(false);
  });
});
