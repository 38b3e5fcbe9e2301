import { failure, type Result, success } from "../result";
import { type Dataset, type DatasetRecord, recordSchema } from "./records";

/** The dataset as JSON Lines, in pieces that end with a line: header first, answers about events last. */
export function* writeJsonl(dataset: Dataset): Generator<string> {
  yield toLine(dataset.header);
  for (const record of dataset.codebooks) yield toLine(record);
  for (const record of dataset.documents) yield toLine(record);
  for (const record of dataset.submissions) yield toLine(record);
  for (const record of dataset.annotations) yield toLine(record);
  for (const record of dataset.event_answers) yield toLine(record);
}

/** Reads what writeJsonl wrote. Refuses a broken line by its number, and a file that is cut short. */
export function readJsonl(content: string): Result<Dataset> {
  const records: DatasetRecord[] = [];
  for (const [index, line] of content.split("\n").entries()) {
    if (line === "") continue;
    const read = readLine(line);
    if (!read.ok) return failure("invalid", read.failure.message, { place: `line ${index + 1}` });
    records.push(read.value);
  }
  const header = records.find((each) => each.record === "header");
  if (header === undefined) {
    return failure("invalid", "The file has no header, so it is no dataset.");
  }
  const dataset: Dataset = {
    header,
    codebooks: records.filter((each) => each.record === "codebook"),
    documents: records.filter((each) => each.record === "document"),
    submissions: records.filter((each) => each.record === "submission"),
    annotations: records.filter((each) => each.record === "annotation"),
    event_answers: records.filter((each) => each.record === "event_answer"),
  };
  const problem = countProblem(dataset);
  return problem === null ? success(dataset) : failure("invalid", problem);
}

const KINDS = ["codebooks", "documents", "submissions", "annotations", "event_answers"] as const;

/** A sentence where the records are not as many as the header says, or null. */
export function countProblem(dataset: Dataset): string | null {
  const { counts } = dataset.header;
  for (const kind of KINDS) {
    if (dataset[kind].length !== counts[kind]) {
      return `There are ${dataset[kind].length} ${kind.replace("_", " ")} where ${counts[kind]} were counted.`;
    }
  }
  return null;
}

/**
 * Signs that end a line in some readers, though not in JSON Lines: Python's `splitlines` would cut
 * a text at them.
 */
const OTHER_LINE_ENDS = /[\u0085\u2028\u2029]/g;

function toLine(record: object): string {
  const line = JSON.stringify(record).replace(
    OTHER_LINE_ENDS,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${line}\n`;
}

function readLine(line: string): Result<DatasetRecord> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return failure("invalid", "This line is not JSON.");
  }
  const parsed = recordSchema.safeParse(value);
  if (parsed.success) return success(parsed.data);
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  return failure("invalid", `This record is not valid: ${field} ${issue?.message ?? ""}`);
}
