import "server-only";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { Change } from "@/lib/domain/annotation/operation";
import { FLAGS } from "@/lib/domain/annotation/state";
import { indexText, type TextIndex, utf16 } from "@/lib/domain/text/offsets";
import { newId } from "@/lib/server/ids";

/** From the folder in which the product is started: the checkout. */
const FOLDER = path.join("prisma", "demo");

const text = z.string().min(1);
const span = z.strictObject({
  label: text,
  quote: text,
  /** Which of the places where these words stand, from 1. */
  occurrence: z.number().int().min(1),
  attributes: z.record(z.string(), text),
  comment: text.optional(),
});
const set = z.strictObject({
  annotator: text,
  /** Name of the document's file. */
  document: text,
  state: z.enum(["submitted", "in_progress", "assigned"]),
  activeSeconds: z.number().int().min(0),
  spans: z.array(span),
  frames: z.array(text),
  overall: text.optional(),
  flags: z.array(z.enum(FLAGS)).optional(),
});
const demoSchema = z.strictObject({
  notice: text,
  project: z.strictObject({ name: text, description: text, codebook: text }),
  event: z.strictObject({ name: text, happenedOn: z.iso.date() }),
  people: z.array(
    z.strictObject({ email: z.email(), name: text, role: z.enum(["lead", "annotator", "admin"]) }),
  ),
  documents: z.array(
    z.strictObject({
      file: text,
      title: text,
      outlet: text,
      author: text,
      publishedOn: z.iso.date(),
      country: text,
      language: text,
    }),
  ),
  sets: z.array(set),
});

export type Demo = z.infer<typeof demoSchema>;
export type DemoSet = Demo["sets"][number];

/** The demo as its files describe it, with the text of each document. */
export async function readDemo(): Promise<Demo & { texts: Map<string, string> }> {
  const demo = demoSchema.parse(JSON.parse(await readFile(path.join(FOLDER, "demo.json"), "utf8")));
  const texts = await Promise.all(
    demo.documents.map(
      async ({ file }): Promise<[string, string]> => [
        file,
        await readFile(path.join(FOLDER, file), "utf8"),
      ],
    ),
  );
  return { ...demo, texts: new Map(texts) };
}

/**
 * The edits that make a set, as its annotator would have made them. `body` is the text as stored;
 * throws where words do not stand in it.
 */
export function demoChanges(demoSet: DemoSet, body: string): Change[] {
  const index = indexText(body);
  const spans = demoSet.spans.flatMap((each) => spanChanges(each, index));
  const documentLabels = [
    ...demoSet.frames.map((label) => ({ layer: "frames", label })),
    ...(demoSet.overall === undefined ? [] : [{ layer: "overall", label: demoSet.overall }]),
  ].map(
    ({ layer, label }): Change => ({
      kind: "set_unit_label",
      layer,
      label,
      unit: "document",
      start: index.toCodePoint(utf16(0)),
      end: index.length,
      value: null,
      evidence: [],
    }),
  );
  const flags: Change[] =
    demoSet.flags === undefined ? [] : [{ kind: "flag_document", flags: demoSet.flags }];
  const submit: Change[] = demoSet.state === "submitted" ? [{ kind: "submit" }] : [];
  return [...spans, ...documentLabels, ...flags, ...submit];
}

function spanChanges(demoSpan: DemoSet["spans"][number], index: TextIndex): Change[] {
  const id = newId();
  const { quote, label, attributes, comment } = demoSpan;
  const from = placeOf(quote, demoSpan.occurrence, index.text);
  const start = index.toCodePoint(utf16(from));
  const end = index.toCodePoint(utf16(from + quote.length));
  const add: Change = {
    kind: "add_span",
    span: {
      id,
      layer: "span",
      label,
      ranges: [{ start, end, quote }],
      attributes,
      flags: [],
      origin: "manual",
    },
  };
  if (comment === undefined) return [add];
  return [add, { kind: "add_comment", comment: { id: newId(), spanId: id, body: comment } }];
}

/** Where words stand for the n-th time, in UTF-16 code units. */
function placeOf(quote: string, occurrence: number, body: string): number {
  let at = -1;
  for (let count = 0; count < occurrence; count++) {
    at = body.indexOf(quote, at + 1);
    if (at === -1) throw new Error(`The demo marks “${quote}”, which is not in its text.`);
  }
  return at;
}
