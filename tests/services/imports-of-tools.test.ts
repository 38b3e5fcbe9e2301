import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { pool } from "@/lib/server/db";
import { addImportFile, createImport, readImport, startImport } from "@/lib/services/imports";
import { emptyDatabase } from "@/tests/support/database";
import { valueFrom } from "./support/answers";
import { makeMember, makeProject, type TestUser } from "./support/factories";

/**
 * Files that other programs wrote (dkpro-cassis 0.12, spaCy 3.8, label-studio-sdk 2.1; see tests/clients),
 * and two of ours as brat and WebAnno write them, brought in as a lead does. Each folder says the truth.
 */
const folder = path.join(import.meta.dirname, "../data/imports/tools");
const truthSchema = z.array(z.object({ start: z.number(), end: z.number(), quote: z.string() }));

let projectId: string;
let lead: TestUser;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  lead = await makeMember(projectId, "lead");
});

describe("what another program wrote", () => {
  test.each([
    ["dkpro-cassis, XMI", "cassis-xmi", "xmi"],
    ["dkpro-cassis, CAS JSON", "cassis-json", "casjson"],
    ["spaCy, Doc JSON", "spacy", "spacy"],
    ["label-studio-sdk, tasks", "label-studio", "label-studio"],
    ["brat, standoff", "brat", "brat"],
    ["WebAnno, TSV 3", "webanno", "webanno"],
  ])(
    "is known for what it is and kept as imported, on the very words: %s",
    async (_, name, format) => {
      const own = path.join(folder, name);
      const importId = await open(own);
      const here = { projectId, importId, where: "here" };
      const { found, rows } = valueFrom(await readImport.as(lead.actor, here));
      expect(found.formats).toEqual([format]);
      expect(rows.refused).toBe(0);
      const labels = found.labels.map(({ kind, layer, label }) => ({
        kind,
        layer,
        label,
        to: { layer: "span", label: "loaded_language" },
      }));
      const again = valueFrom(await readImport.as(lead.actor, { ...here, settings: { labels } }));
      expect(again.found).toMatchObject({ unplaced: 0, noted: 0 });
      valueFrom(await startImport.as(lead.actor, here));
      const truth = truthSchema.parse(
        JSON.parse(readFileSync(path.join(own, "truth.json"), "utf8")),
      );
      const stored = await storedSpans();
      for (const { text, start, end, quote, kind } of stored) {
        expect(indexText(text).slice(codePoint(start), codePoint(end))).toBe(quote);
        // What a program foretells in Label Studio is the work of a model.
        expect(kind).toBe(name === "label-studio" ? "model" : "imported");
      }
      expect(stored.map(place).sort()).toEqual(truth.map(place).sort());
    },
  );
});

async function open(own: string): Promise<string> {
  const { importId } = valueFrom(await createImport.as(lead.actor, { projectId }));
  for (const name of readdirSync(own).filter((each) => each !== "truth.json")) {
    const bytes = [readFileSync(path.join(own, name))];
    const file = { projectId, importId, name, bytes: toChunks(bytes) };
    valueFrom(await addImportFile.as(lead.actor, file));
  }
  return importId;
}

async function* toChunks(bytes: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* bytes;
}

async function storedSpans() {
  const { rows } = await pool().query<{
    text: string;
    start: number;
    end: number;
    quote: string;
    kind: string;
  }>(
    `SELECT v.text, x.start, x."end", x.quotes[1] AS quote, s.kind FROM span x
       JOIN annotation_set s ON s.id = x.annotation_set_id
       JOIN document_version v ON v.id = s.document_version_id`,
  );
  return rows;
}

/** Texts are stored composed (NFC), which orders marks and keeps these places. */
function place({ start, end, quote }: { start: number; end: number; quote: string }): string {
  return `${start}-${end} ${quote.normalize("NFC")}`;
}
