import "server-only";
import { rename } from "node:fs/promises";
import path from "node:path";
import { findFormat } from "@/lib/domain/formats/catalogue";
import {
  type CorpusDocument,
  type CorpusFormat,
  createFormatReport,
  createSurvey,
  type InputFile,
  type Loss,
} from "@/lib/domain/formats/corpus";
import { readFramemark } from "@/lib/domain/formats/framemark/read";
import { failure, type Result, success } from "@/lib/domain/result";
import {
  archivePath,
  createSpool,
  formatPath,
  packSpool,
  putInPlace,
  readEntry,
  type Spool,
} from "./release-files";
import type { ReleaseRecord } from "./release-store";

/** A release written in a format, with what the format could not hold. */
export type BuiltFormat = { losses: Loss[]; ending: string };

/** The file name's ending of a download in a format. */
export function endingOf(format: CorpusFormat): string {
  return format.layout === "folder" ? ".zip" : format.extension;
}

/** Whether a release can be written in a format; a sentence where not. */
export function formatProblem(release: ReleaseRecord, format: CorpusFormat | null): string | null {
  if (format === null || format.write === null) return "This format is not written.";
  if (release.state !== "ready") return "This release is not ready yet.";
  return release.settings.text === "none"
    ? "This release has no texts, which the formats need. Put them back with framemark release rehydrate, then use framemark convert."
    : null;
}

/** Where the losses of a written format are kept. */
export function lossesPath(file: string): string {
  return `${file}.losses.json`;
}

type Steps = { runId: string; progress: (done: number, total: number) => Promise<void> };

/** Writes a release in a format beside its archive, from the archive alone. Twice gives the same bytes. */
export async function buildFormat(
  release: ReleaseRecord,
  name: string,
  { runId, progress }: Steps,
): Promise<Result<BuiltFormat>> {
  const format = findFormat(name);
  const problem = formatProblem(release, format);
  if (format === null || problem !== null) {
    return failure("invalid", problem ?? "This format is not written.");
  }
  const { projectId, releaseId } = release;
  const target = formatPath(projectId, releaseId, name);
  const corpus = corpusFile(archivePath(projectId, releaseId));
  const total = release.manifest?.counts.documents ?? 0;
  const spool = await createSpool(target, runId, { isHashed: false });
  try {
    const step = (done: number) => progress(done, total);
    const losses =
      format.name === CORPUS_FORMAT
        ? await copyCorpus(corpus, spool, step)
        : await writeCorpus(corpus, format, { spool, step });
    spool.close();
    await finish(spool, format, target, losses);
    return success({ losses, ending: endingOf(format) });
  } finally {
    await spool.remove();
  }
}

/** The format that an archive holds already: its file is taken out as it is. */
const CORPUS_FORMAT = "jsonl";

async function copyCorpus(
  corpus: InputFile,
  spool: Spool,
  step: (done: number) => Promise<void>,
): Promise<Loss[]> {
  for await (const piece of corpus.open()) {
    spool.write(corpus.path, piece);
    await step(0);
  }
  return [];
}

async function writeCorpus(
  corpus: InputFile,
  format: CorpusFormat,
  { spool, step }: { spool: Spool; step: (done: number) => Promise<void> },
): Promise<Loss[]> {
  const report = createFormatReport();
  const survey = format.needsSurvey ? await surveyOf(corpus) : undefined;
  const writer = format.write?.({ report, ...(survey === undefined ? {} : { survey }) });
  let done = 0;
  for await (const document of documentsOf(corpus)) {
    for (const { path: place, content } of writer?.write(document) ?? []) {
      spool.write(place, content);
    }
    await step(++done);
  }
  for (const { path: place, content } of writer?.end() ?? []) spool.write(place, content);
  return report.losses();
}

async function finish(
  spool: Spool,
  format: CorpusFormat,
  target: string,
  losses: Loss[],
): Promise<void> {
  const files = spool.files();
  const first = files[0];
  if (format.layout === "folder" || files.length !== 1 || first === undefined) {
    await packSpool(spool, path.join(spool.folder, ".done"));
  } else {
    await rename(path.join(spool.folder, first.path), path.join(spool.folder, ".done"));
  }
  const report = `${JSON.stringify(losses)}\n`;
  spool.write(".losses", report);
  spool.close();
  await putInPlace(path.join(spool.folder, ".losses"), lossesPath(target));
  await putInPlace(path.join(spool.folder, ".done"), target);
}

async function surveyOf(corpus: InputFile) {
  const survey = createSurvey();
  for await (const document of documentsOf(corpus)) survey.add(document);
  return survey.survey();
}

/** The documents of a release; what cannot be read of our own file is a bug. */
async function* documentsOf(corpus: InputFile): AsyncGenerator<CorpusDocument> {
  for await (const item of readFramemark([corpus], {})) {
    if (item.kind === "problem")
      throw new Error(`${item.path}, line ${item.line}: ${item.message}`);
    yield item.document;
  }
}

function corpusFile(archive: string): InputFile {
  return { path: "corpus.jsonl", open: () => readEntry(archive, "corpus.jsonl") };
}
