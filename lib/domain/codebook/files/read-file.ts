import { type CodebookProblem, checkCodebook } from "../check";
import { type Codebook, draftSchema } from "../language";
import { placeOf } from "../places";
import type { Converted } from "./converted";
import { readDoccanoLabels } from "./doccano-labels";
import { readInceptionTagset } from "./inception-tagset";
import { readLabelStudioConfig } from "./label-studio-config";

export type CodebookFormat = "framemark" | "doccano" | "label_studio" | "inception";

export type ReadCodebook = {
  format: CodebookFormat;
  /** What can be published as it is. */
  codebook: Codebook | null;
  /** What can be kept as a draft and mended. */
  draft: Codebook | null;
  notes: string[];
  problems: CodebookProblem[];
};

/** Reads a codebook file of ours, or the labels of doccano, Label Studio or INCEpTION. */
export function readCodebookFile(text: string, fileName = ""): ReadCodebook {
  const plain = text.replace(/^\uFEFF/, "").trim();
  if (plain.startsWith("<")) return readXmlFile(plain, nameOf(fileName));
  let content: unknown;
  try {
    content = JSON.parse(plain);
  } catch (error) {
    return unreadable("framemark", jsonProblem(plain, error));
  }
  return readJson(content, nameOf(fileName));
}

function readXmlFile(text: string, name: string): ReadCodebook {
  const read = readLabelStudioConfig(text, name);
  return read.ok
    ? judged("label_studio", read.value)
    : unreadable("label_studio", {
        place: read.failure.place ?? "the file",
        message: read.failure.message,
      });
}

function readJson(content: unknown, name: string): ReadCodebook {
  if (Array.isArray(content)) return judged("doccano", readDoccanoLabels(content, name));
  if (typeof content === "object" && content !== null) {
    if ("label_config" in content && typeof content.label_config === "string") {
      return readXmlFile(content.label_config, name);
    }
    if (!("framemark" in content) && "tags" in content) {
      return judged("inception", readInceptionTagset(content, name));
    }
  }
  return judged("framemark", { content, notes: [] });
}

function judged(format: CodebookFormat, { content, notes }: Converted): ReadCodebook {
  const { codebook, problems } = checkCodebook(content);
  if (codebook !== null) return { format, codebook, draft: codebook, notes, problems };
  const draft = draftSchema.safeParse(content);
  if (draft.success) return { format, codebook, draft: draft.data, notes, problems };
  // What even a draft cannot hold is told first: it keeps the file from being taken at all.
  const grave = draft.error.issues.map((issue) => {
    const path = issue.path.filter((step) => typeof step !== "symbol");
    return { path, message: issue.message, place: placeOf(content, path) };
  });
  return { format, codebook: null, draft: null, notes, problems: grave };
}

function unreadable(
  format: CodebookFormat,
  { place, message }: { place: string; message: string },
): ReadCodebook {
  return {
    format,
    codebook: null,
    draft: null,
    notes: [],
    problems: [{ path: [], place, message }],
  };
}

/** Where JSON breaks, as far as the engine tells. */
function jsonProblem(text: string, error: unknown): { place: string; message: string } {
  const at = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  const line = at === undefined ? null : text.slice(0, Number(at)).split("\n").length;
  return {
    place: line === null ? "the file" : `line ${line}`,
    message: "This is not JSON. Check brackets, commas and quotation marks.",
  };
}

/** The name of a file without folder and ending, as a name for the codebook. */
function nameOf(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1) ?? "";
  return base.replace(/\.[^.]+$/, "").slice(0, 200) || "Imported codebook";
}
