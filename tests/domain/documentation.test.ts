import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..", "..");
const decisionsFolder = "docs/decisions";

type Page = { file: string; text: string };

const read = (file: string): Page => ({ file, text: readFileSync(path.join(root, file), "utf8") });
const markdownBelow = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name)}`)
    .filter((name) => name.endsWith(".md"));

const pages = [
  ...["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"],
  ...markdownBelow("docs"),
].map(read);
const decisions = pages.filter(({ file }) => file.startsWith(`${decisionsFolder}/`));
const guides = pages.filter(({ file }) => file.startsWith("docs/guide/"));

const topLevel = readdirSync(root).filter((name) => !/^\.(git|next|framemark)$/.test(name));
const topFolders = new Set(
  topLevel.filter((name) => statSync(path.join(root, name)).isDirectory()),
);

/** What stands between backticks, in lines and in blocks. */
function codeIn(text: string): string[] {
  return [...text.matchAll(/```[^\n]*\n([\s\S]*?)```|`([^`]+)`/g)].map(
    ([, block, line]) => block ?? line ?? "",
  );
}

/**
 * Words of the code that begin with a folder or file at the top of the repository; of a pattern such
 * as `a/*.json` the folder.
 */
function pathsIn({ text }: Page): string[] {
  return codeIn(text)
    .flatMap((code) => code.split(/[\s,"'()]+/))
    .map((word) => word.replace(/[.:;]+$/, "").replace(/\/[^/]*\*.*$/, "/"))
    .filter((word) => {
      const [first = "", ...rest] = word.split("/");
      return rest.length > 0 ? topFolders.has(first) : isNamedFile(word);
    });
}

/** Files at the top of the repository that a document may name, by how such names end. */
function isNamedFile(word: string): boolean {
  return /^[a-z-]+(\.config)?\.(ts|mjs|cjs|js)$|^(package|package-lock|security-floor|biome|knip|tsconfig)\.json$|^[A-Z]+\.md$/.test(
    word,
  );
}

/** Where the links lead that stay in the repository, from its top. */
function linksIn({ file, text }: Page): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target.replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target))
    .map((target) => path.posix.normalize(path.posix.join(path.posix.dirname(file), target)));
}

/** Names of npm scripts in the code: `npm start`, `npm test` and `npm run x`. */
function scriptsIn({ text }: Page): string[] {
  const flat = codeIn(text).join("\n").replace(/\s+/g, " ");
  return [...flat.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
    ([, run, short]) => run ?? short ?? "",
  );
}

/** Every path, link and script of a page that is not there. */
function missingIn(page: Page): string[] {
  const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  return [
    ...[...pathsIn(page), ...linksIn(page)].filter((each) => !existsSync(path.join(root, each))),
    ...scriptsIn(page).filter((name) => !(name in scripts)),
  ];
}

/** What is wrong with the form of a decision. */
function formProblems({ file, text }: Page): string[] {
  const number = path.basename(file).slice(0, 4);
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  const words = text.split(/\s+/).length;
  return [
    ...(new RegExp(`^# ${number}\\. \\S`).test(text) ? [] : ["its title lacks its number"]),
    ...(headings.join() === "Context,Decision,Consequences" ? [] : [`headings: ${headings}`]),
    ...(words > 550 ? [`${words} words are more than a page`] : []),
  ];
}

const sources = ["app", "components"]
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true })
      .map((name) => path.join(root, folder, String(name)))
      .filter((file) => file.endsWith(".tsx")),
  )
  .map((file) => readFileSync(file, "utf8").replace(/\s+/g, " "))
  .join("\n");

/** Words in bold that no page of the product prints. A number behind them may vary. */
function unknownWordsIn({ text }: Page): string[] {
  const bold = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words = ""]) => words);
  return bold.filter((words) => {
    const literal = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, " ");
    return !new RegExp(`[>"'\`}] ?${literal}(?: ?[<"'\`{,]| [({$])`).test(sources);
  });
}

describe("documents", () => {
  test.each(pages)("$file names only paths, links and scripts that are there", (page) => {
    expect(missingIn(page)).toEqual([]);
  });

  test("something is looked at: paths, links and scripts are found in them", () => {
    expect(pages.flatMap(pathsIn).length).toBeGreaterThan(50);
    expect(pages.flatMap(linksIn).length).toBeGreaterThan(20);
    expect(new Set(pages.flatMap(scriptsIn)).size).toBeGreaterThan(4);
  });

  test("a page that names what is not there is found out", () => {
    const planted = {
      file: "docs/guide/planted.md",
      text:
        "See `lib/domain/nothing.ts:12`, `lib/domain/*.ts` and `lib/gone/*.ts`, [here](../gone.md#top), run\n" +
        "```\nnpm run vanish && npm start\n```\nor `npm run\nlost`. Ask `POST /api/v1/x`, not `knipp.ts`.",
    };
    expect(missingIn(planted)).toEqual([
      "lib/domain/nothing.ts:12",
      "lib/gone/",
      "knipp.ts",
      "docs/gone.md",
      "vanish",
      "lost",
    ]);
  });

  test("none names a place of one machine", () => {
    for (const { file, text } of pages) {
      expect(text, file).not.toMatch(/(?<![\w.])\/(?:work|home|root|Users)\//);
    }
  });
});

describe("decisions", () => {
  test.each(decisions)("$file has its number, the three headings, and fits a page", (page) => {
    expect(formProblems(page)).toEqual([]);
  });

  test("they are numbered without gaps", () => {
    const numbers = decisions.map(({ file }) => Number(path.basename(file).slice(0, 4)));
    expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
  });

  test("one without a heading, without its number or too long is found out", () => {
    const planted = { file: `${decisionsFolder}/0042-x.md`, text: "# 42. X\n\n## Context\n" };
    expect(formProblems(planted)).toHaveLength(2);
    const long = `# 0042. X\n## Context\n## Decision\n## Consequences\n${"word ".repeat(600)}`;
    expect(formProblems({ ...planted, text: long })).toHaveLength(1);
  });
});

describe("guides", () => {
  test.each(guides)("$file prints in bold only what stands on a page", (page) => {
    expect(unknownWordsIn(page)).toEqual([]);
  });

  test("a button that does not exist is found out", () => {
    const planted = { file: "x.md", text: "Press **Submit**, then **Annihilate**." };
    expect(unknownWordsIn(planted)).toEqual(["Annihilate"]);
  });
});
