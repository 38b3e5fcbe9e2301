import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { explainPrevalence } from "@/lib/domain/agreement-report/reading";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { findFormat } from "@/lib/domain/formats/catalogue";
import { type CorpusDocument, createFormatReport } from "@/lib/domain/formats/corpus";
import { newId } from "@/lib/server/ids";
import { openAgreement } from "@/lib/services/agreement";
import { publishCodebook } from "@/lib/services/codebook-store";
import { addImportFile, createImport, readImport, startImport } from "@/lib/services/imports";
import { inTransaction } from "@/lib/services/project-store";
import { runWaitingJobs } from "@/lib/services/worker";
import { emptyDatabase } from "@/tests/support/database";
import { valueFrom } from "./support/answers";
import { makeMember, type TestUser } from "./support/factories";

/** Answers of several annotators to the questions of an article; null where one did not answer. */
type Article = { text: string; answers: Record<string, (string | null)[]> };

/** Nominal alpha by its definition: disagreement of pairs within articles over that of all pairs (Krippendorff 2004). */
function alphaByDefinition(items: readonly (readonly string[])[]): number {
  const pairable = items.filter((ratings) => ratings.length > 1);
  const values = pairable.flat();
  const differing = (list: readonly string[]) =>
    list.reduce((sum, a) => sum + list.filter((b) => a !== b).length, 0);
  const observed = pairable.reduce((sum, own) => sum + differing(own) / (own.length - 1), 0);
  return 1 - observed / (differing(values) / (values.length - 1));
}

beforeEach(emptyDatabase);

describe("answers of several annotators that are imported as a project", () => {
  test("have for each question the alpha of its definition, and one that is nearly always yes is explained", async () => {
    const pattern = ["yes", "yes", "no", "yes", "no"];
    const articles = Array.from({ length: 15 }, (_, at): Article => {
      const own = (shift: number) => pattern[(at * 7 + shift) % pattern.length] ?? "yes";
      return {
        text: `Report ${at}\n\nThe council met on day ${at} and agreed.`,
        answers: {
          blame: [own(0), own(at % 4 === 0 ? 1 : 0), at % 3 === 0 ? null : own(0)],
          conflict: [own(1), own(2), own(1)],
          // One single “no” among all answers.
          facts: ["yes", at === 4 ? "no" : "yes", "yes"],
        },
      };
    });
    const labels = await importAndReport(articles, ["blame", "conflict", "facts"], 3);
    expectAlphas(labels, articles);
    const facts = labels.find(({ key }) => key === "facts");
    expect(facts?.alpha.value).toBeCloseTo(0, 1);
    expect(facts?.percent.value).toBeGreaterThan(0.95);
    expect(facts?.paradox).toBe(true);
    expect(facts && explainPrevalence(facts)).toMatch(/\(44 yes, 1 no\).*Feinstein and Cicchetti/);
  }, 60_000);

  const shared = path.join(
    import.meta.dirname,
    "../../../shared/data/narrative_frames/full_annotations.json",
  );
  if (existsSync(shared)) {
    test("of Frermann et al. 2023: 428 articles, 23 questions, four annotators", async () => {
      const data: Record<string, Record<string, [string, (string | -1)[]]>> = JSON.parse(
        readFileSync(shared, "utf8"),
      );
      const questions = Object.keys(Object.values(data)[0] ?? {}).filter(
        (key) => !key.startsWith("_"),
      );
      const articles = Object.entries(data).map(
        ([id, own]): Article => ({
          // The articles themselves are not part of the data.
          text: `Article ${id}\n\nThe text of article ${id} is not here.`,
          answers: Object.fromEntries(
            questions.map((key) => [
              key,
              [0, 1, 2, 3].map((annotator) => {
                const answer = own[key]?.[1][annotator] ?? -1;
                // An answer with a colon and blanks is no key of a codebook.
                return answer === -1 ? null : answer.replace(/^n\/a.*/, "resolved");
              }),
            ]),
          ),
        }),
      );
      const labels = await importAndReport(articles, questions, 4);
      expect(labels).toHaveLength(23);
      expectAlphas(labels, articles);
      const re1 = labels.find(({ key }) => key === "re1");
      expect(re1?.paradox).toBe(true);
      expect(re1 && explainPrevalence(re1)).toMatch(/\(971 yes, 1 no\)/);
    }, 600_000);
  }
});

function expectAlphas(
  labels: readonly { key: string; alpha: { value: number | null } }[],
  articles: readonly Article[],
): void {
  for (const { key, alpha } of labels) {
    const items = articles.map(({ answers }) =>
      (answers[key] ?? []).filter((answer) => answer !== null),
    );
    expect(alpha.value, key).toBeCloseTo(alphaByDefinition(items), 6);
  }
}

/** Makes a project of these questions, imports the answers of named annotators as a lead does, and opens the report. */
async function importAndReport(articles: readonly Article[], questions: string[], many: number) {
  const given = articles.flatMap(({ answers }) => Object.values(answers).flat());
  const { projectId } = await makeQuestionnaire(questions, [
    ...new Set(given.filter((answer) => answer !== null)),
  ]);
  const lead = await makeMember(projectId, "lead");
  const people = await Promise.all(
    Array.from({ length: many }, () => makeMember(projectId, "annotator")),
  );
  const { importId } = valueFrom(await createImport.as(lead.actor, { projectId }));
  valueFrom(
    await addImportFile.as(lead.actor, {
      ...{ projectId, importId, name: "answers.jsonl" },
      bytes: bytesOf(fileOf(articles, people)),
    }),
  );
  const here = { projectId, importId, where: "here" } as const;
  const authors = people.map(({ name, userId }) => ({ name, as: userId }));
  const read = valueFrom(await readImport.as(lead.actor, { ...here, settings: { authors } }));
  expect(read.found).toMatchObject({ unplaced: 0 });
  const done = valueFrom(await startImport.as(lead.actor, here));
  expect(done.rows).toMatchObject({ refused: 0 });
  const report = async () => valueFrom(await openAgreement.as(lead.actor, { projectId }));
  // Many submissions are computed by the worker.
  if ((await report()).layers === null) await runWaitingJobs(fail);
  return (await report()).layers?.[0]?.labels ?? [];
}

function fail(problem: string): void {
  throw new Error(problem);
}

async function makeQuestionnaire(
  questions: readonly string[],
  answers: readonly string[],
): Promise<{ projectId: string }> {
  const codebook = codebookSchema.parse({
    framemark: "codebook/1",
    key: "questions",
    name: "Questions",
    layers: [
      {
        key: "items",
        name: "Items",
        level: "document",
        choice: "each",
        answers: answers.map((key) => ({ key, name: key })),
        labels: questions.map((key) => ({ key, name: key })),
      },
    ],
  });
  const projectId = newId();
  await inTransaction(async (tx) => {
    await tx.project.create({ data: { id: projectId, name: "Questions" } });
    const { codebookVersionId } = await publishCodebook(tx, projectId, codebook);
    await tx.round.create({
      data: { projectId, id: newId(), position: 1, name: "Main round", codebookVersionId },
    });
  });
  return { projectId };
}

/** The answers as a file in the product's own form. */
function fileOf(articles: readonly Article[], people: readonly TestUser[]): string {
  const writer = findFormat("jsonl")?.write?.({ report: createFormatReport() });
  if (writer === undefined) throw new Error("There is no such format.");
  const documents = articles.map(
    ({ text, answers }, at): CorpusDocument => ({
      ...{ id: `d${at}`, title: null, text, source: { language: "en" }, blocks: [] },
      sets: people.flatMap(({ name }, place) => {
        const unitLabels = Object.entries(answers).flatMap(([label, own]) => {
          const value = own[place] ?? null;
          if (value === null) return [];
          const unit = { unit: "document" as const, start: 0, end: [...text].length };
          return [{ ...unit, layer: "items", label, value, evidence: [], attributes: {} }];
        });
        if (unitLabels.length === 0) return [];
        const rest = { spans: [], relations: [], comments: [], flags: [] };
        return [{ name, kind: "annotator" as const, unitLabels, ...rest }];
      }),
    }),
  );
  const pieces = [...documents.flatMap((document) => [...writer.write(document)]), ...writer.end()];
  return pieces.map(({ content }) => content).join("");
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
