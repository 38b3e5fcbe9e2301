import { readFile } from "node:fs/promises";
import path from "node:path";
import { Command } from "commander";
import { readArticleLines } from "@/lib/domain/formats/articles";
import { decodeText } from "@/lib/domain/text/normalise";
import type { DocumentInput } from "@/lib/services/documents";
import { messageOf } from "./command-error";

/** A document with the place to name when something is wrong with it. */
type Candidate = { place: string; document: DocumentInput };
type Tally = { added: number; known: number; refused: number };

const AT_ONCE = 50;

/** `framemark import`: text files and JSON Lines into a project. */
export function importCommand(): Command {
  return new Command("import")
    .summary("Add .txt and .jsonl files to a project.")
    .description(
      "Add documents to a project: .txt files, or .jsonl files with an object per line that has a" +
        " field “text” and may have title, outlet, author, published_on, url, language, country," +
        " section, licence and event. What is wrong is told by file and line and stops nothing else.",
    )
    .requiredOption("--project <name or id>", "the project")
    .argument("<files...>", "files ending in .txt or .jsonl")
    .action(runImport);
}

async function runImport(files: string[], { project }: { project: string }): Promise<void> {
  const tally: Tally = { added: 0, known: 0, refused: 0 };
  // Loaded only now, so that help and mistakes are answered at once.
  const { findProject, withServices } = await import("./open-database");
  await withServices(async () => {
    const projectId = await findProject(project);
    for (const file of files) {
      const candidates = await readCandidates(file, tally);
      for (let at = 0; at < candidates.length; at += AT_ONCE) {
        await store(projectId, candidates.slice(at, at + AT_ONCE), tally);
      }
    }
  });
  const { added, known, refused } = tally;
  console.error(`${added} added, ${known} known already, ${refused} refused.`);
  if (refused > 0) process.exitCode = 1;
}

async function store(projectId: string, candidates: Candidate[], tally: Tally): Promise<void> {
  const { must } = await import("./open-database");
  const { OPERATOR } = await import("@/lib/services/program");
  const { importDocuments } = await import("@/lib/services/documents");
  const report = must(
    await importDocuments.as(OPERATOR, {
      projectId,
      documents: candidates.map(({ document }) => document),
    }),
  );
  for (const { documentId, title, isNew } of report.documents) {
    if (isNew) tally.added++;
    else tally.known++;
    console.log(`${documentId}\t${isNew ? "added" : "known"}\t${title}`);
  }
  for (const { index, place, message } of report.problems) {
    const where = [candidates[index]?.place, place].filter(Boolean).join(": ");
    refuse(where, message, tally);
  }
}

async function readCandidates(file: string, tally: Tally): Promise<Candidate[]> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await readFile(file));
  } catch (error) {
    refuse(file, `This cannot be read: ${messageOf(error)}`, tally);
    return [];
  }
  const extension = path.extname(file).toLowerCase();
  if (extension === ".txt") return [{ place: file, document: { text: bytes } }];
  if (extension !== ".jsonl" && extension !== ".ndjson") {
    refuse(file, "Only files ending in .txt or .jsonl are read.", tally);
    return [];
  }
  const content = decodeText(bytes);
  if (!content.ok) {
    refuse(file, content.failure.message, tally);
    return [];
  }
  return readArticleLines(content.value).flatMap((each) => {
    const place = `${file}:${each.line}`;
    if ("article" in each) return [{ place, document: each.article }];
    refuse(place, each.problem, tally);
    return [];
  });
}

function refuse(place: string, message: string, tally: Tally): void {
  tally.refused++;
  console.error(`${place}: ${message}`);
}
