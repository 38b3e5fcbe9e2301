import "server-only";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { CorpusItem, InputFile } from "@/lib/domain/formats/corpus";
import type { FoundArticle } from "@/lib/domain/imports/found-article";
import type { TableItem } from "@/lib/domain/imports/table";
import { failure, type Result } from "@/lib/domain/result";
import { ArchiveRefused } from "./import-archive";
import { PARSE_HERE, type Parsers, parseWith } from "./import-parsing";
import type { FromThread, ToThread } from "./import-thread-words";

/** What a file may take: of time for each article or row of it, and of memory. */
type ThreadLimits = { milliseconds: number; megabytes: number };

const LIMITS: ThreadLimits = { milliseconds: 60_000, megabytes: 512 };

/** Texts are decoded and nothing more; what has structure goes through parsers of others. */
const PLAIN = new Set(["txt", "text"]);

/**
 * Has the files of this process parsed in a thread of their own: one that a file keeps busy for too long, or
 * fills, is ended, and the file is told. For processes that run from the sources, as workers and commands do.
 */
export function parseInThread(limits: ThreadLimits = LIMITS): void {
  parseWith(threadParsers(limits));
}

function threadParsers(limits: ThreadLimits): Parsers {
  const shared = new ParserThread(limits);
  return {
    article: async (ending, bytes, encoding) => {
      if (PLAIN.has(ending)) return PARSE_HERE.article(ending, bytes, encoding);
      try {
        const answer = await shared.ask({ kind: "article", ending, bytes, encoding });
        if (answer.kind === "done") return answer.value as Result<FoundArticle>;
        throw new Error("The thread gave no article.");
      } catch (error) {
        if (!(error instanceof ArchiveRefused)) throw error;
        return failure("invalid", error.message);
      }
    },
    spreadsheet: (bytes) =>
      new ParserThread(limits).items<TableItem>({ kind: "spreadsheet", bytes }, []),
    annotated: (format, files) => {
      if (PARSE_HERE.annotated(format, []) === null) return null;
      const paths = files.map(({ path }) => path);
      return new ParserThread(limits).items<CorpusItem>(
        { kind: "annotated", format, paths },
        files,
      );
    },
  };
}

type Answer = Exclude<FromThread, { kind: "wants" | "failed" }>;
type Reading = AsyncIterator<Uint8Array>;

class ParserThread {
  private worker: Worker | null = null;
  /** Questions wait for each other: the thread does one thing at a time. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly limits: ThreadLimits) {}

  ask(question: ToThread): Promise<Answer> {
    const asked = this.last.then(() => this.exchange(question, []));
    this.last = asked.catch(() => {});
    return asked;
  }

  /** The items of files, one at a time, to the end of which the thread is theirs; then it is ended. */
  async *items<T>(first: ToThread, files: readonly InputFile[]): AsyncGenerator<T> {
    try {
      for (let question = first; ; question = { kind: "next" }) {
        const answer = await this.exchange(question, files);
        if (answer.kind === "end") return;
        yield answer.value as T;
      }
    } finally {
      await this.worker?.terminate();
      this.worker = null;
    }
  }

  /** One question and its answer; bytes that the thread wants meanwhile are handed to it. */
  private exchange(question: ToThread, files: readonly InputFile[]): Promise<Answer> {
    const worker = this.running();
    const { milliseconds } = this.limits;
    worker.ref();
    return new Promise<Answer>((resolve, reject) => {
      let reading: Reading | null = null;
      const settle = (finish: () => void) => {
        clearTimeout(late);
        worker.off("message", hear);
        worker.off("error", fail);
        worker.off("exit", gone);
        worker.unref();
        finish();
      };
      const end = (why: string) => {
        this.worker = null;
        void worker.terminate();
        settle(() => reject(new ArchiveRefused(why)));
      };
      const late = setTimeout(() => end(TOO_LONG), milliseconds);
      const fail = (error: Error & { code?: string }) => {
        if (error.code === "ERR_WORKER_OUT_OF_MEMORY") return end(TOO_LARGE);
        this.worker = null;
        settle(() => reject(error));
      };
      const gone = () => end(TOO_LARGE);
      const hear = async (message: FromThread) => {
        if (message.kind === "wants") {
          const file = files.find(({ path }) => path === message.path);
          if (message.isFirst) reading = file?.open()[Symbol.asyncIterator]() ?? null;
          worker.postMessage(await pieceOf(reading));
        } else if (message.kind === "failed") {
          const { message: why, isRefused } = message;
          settle(() => reject(isRefused ? new ArchiveRefused(why) : new Error(why)));
        } else settle(() => resolve(message));
      };
      worker.on("message", hear);
      worker.on("error", fail);
      worker.on("exit", gone);
      worker.postMessage(question);
    });
  }

  private running(): Worker {
    if (this.worker !== null) return this.worker;
    const worker = new Worker(BEGIN, {
      eval: true,
      workerData: { tsx: LOADER, body: new URL("./import-thread-body.ts", import.meta.url).href },
      execArgv: ["--conditions=react-server"],
      resourceLimits: { maxOldGenerationSizeMb: this.limits.megabytes },
    });
    worker.unref();
    this.worker = worker;
    return worker;
  }
}

/** Node.js does not read TypeScript in a thread before the loader is told to, also where it does outside. */
const BEGIN = `
const { tsx, body } = require("node:worker_threads").workerData;
import(tsx).then(({ register }) => {
  register();
  return import(body);
});`;
const LOADER = pathToFileURL(
  // The form for `require` is found, and the thread imports.
  createRequire(import.meta.url)
    .resolve("tsx/esm/api")
    .replace(/\.cjs$/, ".mjs"),
).href;

/** The next piece of a file; what is wrong with its archive goes to the reader, who knows where it is. */
async function pieceOf(reading: Reading | null): Promise<ToThread> {
  try {
    const piece = await reading?.next();
    const bytes = piece === undefined || piece.done ? null : piece.value;
    return { kind: "piece", bytes, refused: null };
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error;
    return { kind: "piece", bytes: null, refused: error.message };
  }
}

const TOO_LONG =
  "Reading this took longer than a minute and was stopped. Save the article alone, as text or HTML.";
const TOO_LARGE =
  "Reading this needed too much memory and was stopped. Save the article alone, as text or HTML.";
