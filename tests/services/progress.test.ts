import { beforeAll, describe, expect, test } from "vitest";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { openAgreement } from "@/lib/services/agreement";
import { describeDataset, exportDataset } from "@/lib/services/dataset";
import { excludeFromFigures, liftExclusion, listExclusions } from "@/lib/services/exclusions";
import { listWorkBehind, openProgress } from "@/lib/services/progress";
import { watchProgress } from "@/lib/services/progress-watch";
import { openQuality } from "@/lib/services/quality";
import { listPairDifferences, reportPairDifferences } from "@/lib/services/quality-differences";
import { readSubmittedWork } from "@/lib/services/submitted-sets";
import { failureFrom, valueFrom } from "./support/answers";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  type TestUser,
} from "./support/factories";
import { makeWork } from "./support/submitted-work";

const TEXT = "Regime falls\n\nThe brutal regime fled the town. Crowds cheered loudly on Monday.";

type Team = {
  projectId: string;
  lead: TestUser;
  ada: TestUser;
  ben: TestUser;
  idOf: Map<string, string>;
  documents: Awaited<ReturnType<typeof makeDocument>>[];
};

let team: Team;

beforeAll(async () => {
  team = await makeTeam();
});

/** Two annotators with two documents that both submitted, and one that only Ada has begun. */
async function makeTeam(): Promise<Team> {
  const { projectId } = await makeProject();
  const lead = await makeMember(projectId, "lead");
  const ada = await makeMember(projectId, "annotator");
  const ben = await makeMember(projectId, "annotator");
  const documents = [
    await makeDocument(projectId, { text: TEXT }),
    await makeDocument(projectId, { text: `${TEXT} Again.` }),
    await makeDocument(projectId, { text: `${TEXT} And again.` }),
  ];
  const [one, two, three] = documents;
  if (!one || !two || !three) throw new Error("There are three documents.");
  for (const document of [one, two]) {
    await makeWork(projectId, document, ada, {
      overall: "1",
      spans: [
        ["loaded_language", "brutal regime"],
        ["loaded_language", "Crowds"],
      ],
    });
    await makeWork(projectId, document, ben, {
      overall: "1",
      spans: [["loaded_language", "brutal"]],
    });
  }
  await makeWork(projectId, three, ada, { state: "in_progress", spans: [] });
  const rows = await db().annotator.findMany({
    where: { projectId },
    select: { id: true, userId: true },
  });
  const idOf = new Map(rows.map(({ id, userId }) => [userId ?? "", id]));
  return { projectId, lead, ada, ben, idOf, documents };
}

function annotatorId(user: TestUser): string {
  return team.idOf.get(user.userId) ?? "";
}

describe("progress", () => {
  test("documents are counted once, by how far all their annotators are", async () => {
    const { rounds, people, pace } = valueFrom(
      await openProgress.as(team.lead.actor, { projectId: team.projectId }),
    );
    expect(rounds).toMatchObject([{ submitted: 4, assigned: 0, done: 2, waiting: 0, free: 0 }]);
    expect((rounds[0]?.begun ?? 0) + (rounds[0]?.waiting ?? 0)).toBeLessThanOrEqual(1);
    expect(people.map(({ submitted }) => submitted)).toEqual([2, 2]);
    expect(pace.perDay).toBe(4);
    expect(people.every(({ perDocument }) => perDocument === 60)).toBe(true);
  });

  test("every figure of a person leads to as many documents as it counts", async () => {
    const { projectId, lead } = team;
    const behind = async (more: object) =>
      valueFrom(await listWorkBehind.as(lead.actor, { projectId, ...more })).rows;
    expect(await behind({ annotatorId: annotatorId(team.ada), state: "submitted" })).toHaveLength(
      2,
    );
    expect(await behind({ label: "span/loaded_language" })).toHaveLength(4);
    expect(await behind({ label: "span/no_such" })).toHaveLength(0);
    expect(await behind({ show: "nothing_marked" })).toHaveLength(0);
    expect(await behind({ show: "fast" })).toHaveLength(0);
    expect(await behind({})).toHaveLength(5);
  });
});

describe("quality", () => {
  test("labels of a person are compared with those of the others", async () => {
    const { people } = valueFrom(
      await openQuality.as(team.lead.actor, { projectId: team.projectId }),
    );
    const ada = people.find((each) => each.annotatorId === annotatorId(team.ada));
    expect(ada).toMatchObject({ documents: 2, emptyDocuments: 0, marks: 6, gold: null });
    const loaded = ada?.labels.find(({ label }) => label === "span/loaded_language");
    expect(loaded).toMatchObject({ count: 4, share: 4 / 6, othersShare: 0.5 });
  });

  test("gold accuracy compares silent gold documents with the gold set, and repeats with the first try", async () => {
    const own = await makeTeam();
    const [first] = own.documents;
    if (!first) throw new Error("There is a document.");
    const { projectId } = own;
    const asked = { projectId };
    await makeGold(projectId, first, "brutal regime");
    await pool().query(
      `UPDATE assignment SET purpose = 'gold_check'
        WHERE project_id = $1 AND document_id = $2`,
      [projectId, first.documentId],
    );
    const { people } = valueFrom(await openQuality.as(own.lead.actor, asked));
    const of = (user: TestUser) =>
      people.find((each) => each.annotatorId === own.idOf.get(user.userId));
    // Ada: one of two spans as the gold; Ben: other boundaries, which only overlap.
    expect(of(own.ada)?.gold).toMatchObject({
      documents: 1,
      exact: { value: 2 / 3 },
      overlap: { value: 2 / 3 },
    });
    expect(of(own.ben)?.gold).toMatchObject({ exact: { value: 0 }, overlap: { value: 1 } });
    expect(of(own.ada)?.steadiness).toBeNull();
    // A silent gold document does not count as work.
    expect(of(own.ada)?.documents).toBe(1);
  });

  test("whoever leads and still has to annotate a document finds nothing of it in any figure", async () => {
    const own = await makeTeam();
    const [first] = own.documents;
    if (!first) throw new Error("There is a document.");
    await makeAssignment(own.projectId, first.documentId, own.lead.userId);
    const quality = valueFrom(await openQuality.as(own.lead.actor, { projectId: own.projectId }));
    expect(quality.leftOut.map(({ documentId }) => documentId)).toEqual([first.documentId]);
    expect(quality.people.map(({ documents }) => documents)).toEqual([1, 1]);
    const { rows } = valueFrom(
      await listWorkBehind.as(own.lead.actor, { projectId: own.projectId, state: "submitted" }),
    );
    const marks = rows.filter((row) => row.documentId === first.documentId).map((row) => row.marks);
    expect(marks).toEqual([null, null]);
  });
});

/** A gold set with one span, as an import or an adjudication would leave it. */
async function makeGold(
  projectId: string,
  { documentVersionId, text }: { documentVersionId: string; text: string },
  words: string,
): Promise<void> {
  const { rows } = await pool().query<{ codebook: string; length: number }>(
    `SELECT c.id AS codebook, v.length FROM codebook_version c
       JOIN document_version v ON v.project_id = c.project_id AND v.id = $2 WHERE c.project_id = $1`,
    [projectId, documentVersionId],
  );
  const { codebook: codebookVersionId, length: textLength } = rows[0] ?? {
    codebook: "",
    length: 0,
  };
  const setId = newId();
  await db().annotationSet.create({
    data: { projectId, id: setId, kind: "gold", documentVersionId, textLength, codebookVersionId },
  });
  const start = [...text.slice(0, text.indexOf(words))].length;
  const end = start + [...words].length;
  await db().span.create({
    data: {
      projectId,
      id: newId(),
      annotationSetId: setId,
      textLength,
      codebookVersionId,
      layerKey: "span",
      labelKey: "loaded_language",
      start,
      end,
      ranges: [start, end],
      quotes: [words],
      attributes: { voice: "narrator" },
      flags: [],
    },
  });
}

describe("exclusions", () => {
  test("an excluded annotator is out of figures, keeps all work, and is back once it is lifted", async () => {
    const own = await makeTeam();
    const { projectId } = own;
    const ben = own.idOf.get(own.ben.userId);
    const before = valueFrom(await openQuality.as(own.lead.actor, { projectId }));
    const { exclusionId } = valueFrom(
      await excludeFromFigures.as(own.lead.actor, {
        projectId,
        kind: "annotator",
        subjectId: ben,
        reason: "Used a translation.",
      }),
    );
    const without = valueFrom(await openQuality.as(own.lead.actor, { projectId }));
    expect(without.people.map((each) => each.annotatorId)).toEqual([own.idOf.get(own.ada.userId)]);
    expect(without.excluded).toEqual({ annotators: 1, documents: 0 });
    const caller = { projectId, userId: own.lead.userId };
    expect((await readSubmittedWork(caller)).sets).toHaveLength(4);
    expect((await readSubmittedWork(caller, { exclusions: "left_out" })).sets).toHaveLength(2);
    valueFrom(await liftExclusion.as(own.lead.actor, { projectId, exclusionId }));
    expect(valueFrom(await openQuality.as(own.lead.actor, { projectId }))).toEqual(before);
    expect(valueFrom(await listExclusions.as(own.lead.actor, { projectId }))).toMatchObject([
      {
        kind: "annotator",
        reason: "Used a translation.",
        by: own.lead.name,
        liftedBy: own.lead.name,
      },
    ]);
  });

  test("agreement and the dataset leave the excluded out, say so, and count them where that is chosen", async () => {
    const own = await makeTeam();
    const { projectId, lead } = own;
    const subjectId = own.idOf.get(own.ben.userId);
    valueFrom(
      await excludeFromFigures.as(lead.actor, {
        projectId,
        kind: "annotator",
        subjectId,
        reason: "Used a translation.",
      }),
    );
    const agreement = async (choice: object) =>
      valueFrom(await openAgreement.as(lead.actor, { projectId, ...choice }));
    const usual = await agreement({});
    expect(usual.annotators.map(({ id }) => id)).toEqual([own.idOf.get(own.ada.userId)]);
    expect(usual.excluded).toEqual({ annotators: 1, documents: 0 });
    const counted = await agreement({ exclusions: "counted" });
    expect(counted.annotators).toHaveLength(2);
    expect(counted.inputHash).not.toBe(usual.inputHash);

    const numbers = async (choice: object) =>
      valueFrom(await describeDataset.as(lead.actor, { projectId, ...choice }));
    expect(await numbers({})).toMatchObject({
      submissions: 2,
      excluded: { annotators: 1, documents: 0 },
    });
    expect(await numbers({ exclusions: "included" })).toMatchObject({ submissions: 4 });
    const headerOf = async (choice: object) => {
      const file = await exportDataset.as(lead.actor, { projectId, format: "jsonl", ...choice });
      return JSON.parse([...valueFrom(file).pieces].join("").split("\n")[0] ?? "");
    };
    expect(await headerOf({})).toMatchObject({
      counts: { submissions: 2 },
      left_out: { annotators: 1, documents: 0 },
    });
    const all = await headerOf({ exclusions: "included" });
    expect(all.counts.submissions).toBe(4);
    expect(all.left_out).toBeUndefined();
  });

  test("the same is excluded once, and what is in another project not at all", async () => {
    const own = await makeTeam();
    const document = own.documents[0]?.documentId;
    const input = {
      projectId: own.projectId,
      kind: "document",
      subjectId: document,
      reason: "Satire.",
    };
    valueFrom(await excludeFromFigures.as(own.lead.actor, input));
    expect(failureFrom(await excludeFromFigures.as(own.lead.actor, input)).kind).toBe("closed");
    const foreign = { ...input, subjectId: team.documents[0]?.documentId };
    expect(failureFrom(await excludeFromFigures.as(own.lead.actor, foreign)).kind).toBe("closed");
  });

  test("each exclusion is in the log with its reason", async () => {
    const { rows } = await pool().query<{ detail: unknown }>(
      `SELECT detail FROM audit_event WHERE action = 'figures.excluded' ORDER BY seq`,
    );
    expect(rows).toContainEqual({ detail: { reason: "Satire." } });
  });
});

describe("differences of two annotators", () => {
  test("each place is shown as both marked it, in the same words around", async () => {
    const { projectId, lead } = team;
    const { pairs } = valueFrom(await listPairDifferences.as(lead.actor, { projectId }));
    expect(pairs).toMatchObject([{ documents: 2 }]);
    const [pair] = pairs;
    const report = valueFrom(
      await reportPairDifferences.as(lead.actor, {
        projectId,
        firstId: pair?.first.id,
        secondId: pair?.second.id,
      }),
    );
    expect(report.reports).toHaveLength(2);
    const differences = report.reports[0]?.differences ?? [];
    expect(differences.map(({ kind }) => kind).sort()).toHaveLength(2);
    const boundaries = differences.find(({ kind }) => kind === "other_boundaries");
    expect([boundaries?.first.quotes, boundaries?.second.quotes].flat().sort()).toEqual([
      "brutal",
      "brutal regime",
    ]);
    for (const { first, second } of differences) {
      const words = (side: typeof first) => side.text.map(({ text }) => text).join("");
      expect(words(first)).toBe(words(second));
    }
  });

  test("an adjudicator sees pseudonyms, an annotator nothing", async () => {
    const { projectId } = team;
    const adjudicator = await makeMember(projectId, "adjudicator");
    const { pairs } = valueFrom(await listPairDifferences.as(adjudicator.actor, { projectId }));
    const names = pairs.flatMap(({ first, second }) => [first.name, second.name]);
    expect(names).not.toContain(team.ada.name);
    expect(failureFrom(await listPairDifferences.as(team.ada.actor, { projectId })).kind).toBe(
      "forbidden",
    );
  });
});

describe("watching", () => {
  test("a change is told by its part, with nothing of what it is", async () => {
    const own = await makeTeam();
    const { projectId } = own;
    const { listen } = valueFrom(await watchProgress.as(own.lead.actor, { projectId }));
    const told = new Promise<string[]>((resolve) => {
      const stop = listen((parts) => {
        stop();
        resolve(parts);
      });
    });
    valueFrom(
      await excludeFromFigures.as(own.lead.actor, {
        projectId,
        kind: "document",
        subjectId: own.documents[0]?.documentId,
        reason: "A reprint.",
      }),
    );
    expect(await told).toEqual(["exclusions"]);
  });

  test("one person keeps a few streams open at most, and a stopped one makes room", async () => {
    const { projectId, lead } = team;
    const stops: (() => void)[] = [];
    for (let count = 0; count < 6; count++) {
      const { listen } = valueFrom(await watchProgress.as(lead.actor, { projectId }));
      stops.push(listen(() => {}));
    }
    expect(failureFrom(await watchProgress.as(lead.actor, { projectId })).kind).toBe("busy");
    stops[0]?.();
    valueFrom(await watchProgress.as(lead.actor, { projectId }));
    for (const stop of stops) stop();
  });
});
