import "server-only";
import { findFormat } from "@/lib/domain/formats/catalogue";
import type { CorpusItem, InputFile } from "@/lib/domain/formats/corpus";
import { decodeFile } from "@/lib/domain/imports/decode";
import type { Encoding } from "@/lib/domain/imports/encodings";
import { type FoundArticle, plainArticle } from "@/lib/domain/imports/found-article";
import type { TableItem } from "@/lib/domain/imports/table";
import { failure, type Result, success } from "@/lib/domain/result";
import { checkOfficeFile } from "./import-archive";

/** What turns the bytes of files into articles. Strangers wrote the files: where that is, is up to the process. */
export type Parsers = {
  article: (ending: string, bytes: Uint8Array, encoding: Encoding) => Promise<Result<FoundArticle>>;
  spreadsheet: (bytes: Uint8Array) => AsyncIterable<TableItem>;
  /** The documents of annotated files; null where no such format is read. */
  annotated: (format: string, files: readonly InputFile[]) => AsyncIterable<CorpusItem> | null;
};

/** Parses where it is called. */
export const PARSE_HERE: Parsers = {
  article: readBytes,
  spreadsheet: async function* (bytes) {
    const { readSpreadsheet } = await import("@/lib/domain/imports/spreadsheet");
    yield* readSpreadsheet(bytes);
  },
  annotated: (format, files) => findFormat(format)?.read?.(files, {}) ?? null,
};

let current = PARSE_HERE;

/** The parsers of this process. */
export function parsers(): Parsers {
  return current;
}

/** Has all further files of this process parsed otherwise. */
export function parseWith(others: Parsers): void {
  current = others;
}

async function readBytes(
  ending: string,
  bytes: Uint8Array,
  encoding: Encoding,
): Promise<Result<FoundArticle>> {
  switch (ending) {
    case "txt":
    case "text":
      return readDecoded(bytes, encoding, (text) => success(plainArticle(text)));
    case "md":
    case "markdown": {
      const { readMarkdown } = await import("@/lib/domain/imports/markdown");
      return readDecoded(bytes, encoding, readMarkdown);
    }
    case "html":
    case "htm":
    case "xhtml": {
      const { readHtml } = await import("@/lib/domain/imports/html");
      const told = encoding === "auto" ? decodeAsTold(bytes) : null;
      return told === null ? readDecoded(bytes, encoding, readHtml) : readHtml(told);
    }
    case "docx": {
      const checked = await checkOfficeFile(bytes);
      if (!checked.ok) return checked;
      const { readWord } = await import("@/lib/domain/imports/word");
      return readWord(bytes);
    }
    case "pdf": {
      const { readPdf } = await import("@/lib/domain/imports/pdf");
      return readPdf(bytes);
    }
    default:
      return failure("invalid", refusalOf(ending));
  }
}

function readDecoded(
  bytes: Uint8Array,
  encoding: Encoding,
  read: (text: string) => Result<FoundArticle>,
): Result<FoundArticle> {
  const decoded = decodeFile(bytes, encoding);
  if (!decoded.ok) return decoded;
  const article = read(decoded.value.text);
  if (!article.ok) return article;
  return success({
    ...article.value,
    notes: [...decoded.value.notes, ...article.value.notes],
  });
}

/** Pages name their encoding in their head; null where they do not, or where it is UTF-8. */
function decodeAsTold(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString("latin1");
  const name = /<meta[^>]+charset=["']?([\w-]+)/i.exec(head)?.[1];
  if (name === undefined || /^utf-?8$/i.test(name)) return null;
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    // Not an encoding, or not this one: it is guessed like that of other files.
    return null;
  }
}

const SAVE_AS: Record<string, string> = {
  doc: "Old Word files are not read. Save it as .docx.",
  odt: "Save it as .docx or .html.",
  rtf: "Save it as .docx or .txt.",
  pages: "Export it as .docx or .pdf.",
  xls: "Old Excel files are not read. Save it as .xlsx or .csv.",
  ods: "Save it as .xlsx or .csv.",
  zip: "An archive within an archive is not opened. Unpack it first.",
  gz: "Compressed files other than .zip are not opened. Unpack it first.",
  tar: "Archives other than .zip are not opened. Pack the files as a zip.",
  rar: "Archives other than .zip are not opened. Pack the files as a zip.",
  "7z": "Archives other than .zip are not opened. Pack the files as a zip.",
};

function refusalOf(ending: string): string {
  return (
    SAVE_AS[ending] ??
    "Files of this kind are not read. There are .txt, .md, .html, .docx, .pdf, .csv, .tsv, .xlsx, .json, .jsonl and .zip."
  );
}
