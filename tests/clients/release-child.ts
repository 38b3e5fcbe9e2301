/**
 * Makes a release of a small study in an empty database, for real programs to load: its archive and the same
 * in Parquet, unpacked into the folder that is named.
 */
import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import yauzl from "yauzl";
import {
  finishAdjudication,
  openAdjudication,
  startAdjudication,
} from "@/lib/services/adjudications";
import { decide, mergeByRule } from "@/lib/services/decisions";
import { closeDatabase } from "@/lib/services/program";
import {
  createRelease,
  downloadRelease,
  downloadReleaseFormat,
  type StoredFile,
} from "@/lib/services/releases";
import { runWaitingJobs } from "@/lib/services/worker";
import { valueFrom } from "@/tests/services/support/answers";
import { makeDocument, makeMember, makeProject } from "@/tests/services/support/factories";
import { makeWork } from "@/tests/services/support/submitted-work";

const TEXTS = [
  `A dove 🕊️ over the town

Soldiers 👩‍👩‍👧 marched past the 𝔣𝔯𝔢𝔢𝔡 square. =SUM(A1) was on a banner.`,
  `تحرير المدينة القديمة

دخل الجيش المدينة المحررة صباح يوم السبت وسط ترحيب كبير من السكان.`,
  "The cafe\u0301 reopened\n\nCritics slammed the “reckless” scheme; officials called it prudent.",
];
const WORDS: [label: string, words: string][][] = [
  [
    ["naming", "square"],
    ["loaded_language", "𝔣𝔯𝔢𝔢𝔡"],
  ],
  [["loaded_language", "المحررة"]],
  [
    ["loaded_language", "reckless"],
    ["naming", "Critics"],
  ],
];

const [folder = ""] = process.argv.slice(2);
const { projectId } = await makeProject({ name: "Truce in Ağdam" });
const lead = await makeMember(projectId, "lead");
const judge = await makeMember(projectId, "adjudicator");
const people = await Promise.all([1, 2, 3].map(() => makeMember(projectId, "annotator")));
for (const [at, text] of TEXTS.entries()) {
  const document = await makeDocument(projectId, { text });
  const words = WORDS[at] ?? [];
  for (const [person, user] of people.entries()) {
    const spans = words.slice(0, person === 2 ? 1 : words.length).map(([label, quote]) => {
      const normal: [string, string] = [label, quote.normalize("NFC")];
      return normal;
    });
    await makeWork(projectId, document, user, {
      spans,
      frames: person === 1 ? ["political"] : [],
      overall: String(person),
    });
  }
  await adjudicate(document.documentId);
}
const { releaseId } = valueFrom(
  await createRelease.as(lead.actor, {
    projectId,
    name: "For clients",
    settings: {
      annotationLicence: "CC-BY-4.0",
      textLicence: "All rights reserved",
      authors: ["Lena Novak", "O’Hara, Tom"],
      split: { by: "document", seed: 3, validation: 0.3, test: 0.3 },
    },
  }),
);
await runWaitingJobs((problem) => {
  throw new Error(problem);
});
const one = { projectId, releaseId };
await unpack(valueFrom(await downloadRelease.as(lead.actor, one)), path.join(folder, "release"));
const parquet = valueFrom(
  await downloadReleaseFormat.as(lead.actor, { ...one, format: "parquet" }),
);
if (parquet.kind === "file") await unpack(parquet.file, path.join(folder, "release-parquet"));
await closeDatabase();

async function adjudicate(documentId: string): Promise<void> {
  const { adjudicationId } = valueFrom(
    await startAdjudication.as(judge.actor, { projectId, documentId }),
  );
  const at = { projectId, adjudicationId };
  valueFrom(await mergeByRule.as(judge.actor, { ...at, rule: "unanimous" }));
  const { items, decisions } = valueFrom(await openAdjudication.as(judge.actor, at));
  const done = new Set(decisions.map(({ itemKey }) => itemKey));
  for (const { key } of items.filter((item) => !done.has(item.key))) {
    valueFrom(await decide.as(judge.actor, { ...at, itemKey: key, kind: "contested" }));
  }
  valueFrom(await finishAdjudication.as(judge.actor, at));
}

async function unpack(file: StoredFile, to: string): Promise<void> {
  mkdirSync(to, { recursive: true });
  const archive = `${to}.zip`;
  await pipeline(Readable.from(file.open()), createWriteStream(archive));
  const zip = await yauzl.openPromise(archive, { lazyEntries: true, autoClose: false });
  for await (const entry of zip.eachEntry()) {
    const place = path.join(to, entry.fileName);
    mkdirSync(path.dirname(place), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(place));
  }
  zip.close();
}
