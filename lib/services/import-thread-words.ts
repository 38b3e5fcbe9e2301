import type { Encoding } from "@/lib/domain/imports/encodings";

/** What the thread that parses is told. `next` asks for the next item of what was begun. */
export type ToThread =
  | { kind: "article"; ending: string; bytes: Uint8Array; encoding: Encoding }
  | { kind: "spreadsheet"; bytes: Uint8Array }
  | { kind: "annotated"; format: string; paths: string[] }
  | { kind: "next" }
  /** A piece of the file that was wanted; null at its end. */
  | { kind: "piece"; bytes: Uint8Array | null; refused: string | null };

/** What it answers: a value, the end of the items, a failure, or that it wants bytes of a file first. */
export type FromThread =
  | { kind: "done"; value: unknown }
  | { kind: "end" }
  | { kind: "failed"; isRefused: boolean; message: string }
  | { kind: "wants"; path: string; isFirst: boolean };
