import { beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/server/db";
import { withdrawAssignment } from "@/lib/services/assignments";
import { nextAssignment, resumeAssignment, skipAssignment } from "@/lib/services/my-work";
import { createRound, listRounds, openRound, previewRound } from "@/lib/services/rounds";
import { runWaitingJobs } from "@/lib/services/worker";
import { attempt, makeDesk, makeRichProject, operation } from "./support/annotating";
import { failureFrom, valueFrom } from "./support/answers";
import { makeDocument, makeMember, makeProject, type TestUser } from "./support/factories";

type Study = { projectId: string; lead: TestUser; people: TestUser[]; documentIds: string[] };

async function makeStudy(people: number, documents: number): Promise<Study> {
  const { projectId } = await makeProject();
  const lead = await makeMember(projectId, "lead");
  const members: TestUser[] = [];
  for (let at = 0; at < people; at += 1) members.push(await makeMember(projectId, "annotator"));
  const documentIds: string[] = [];
  for (let at = 0; at < documents; at += 1) {
    documentIds.push((await makeDocument(projectId, { text: articleOf(at) })).documentId);
  }
  return { projectId, lead, people: members, documentIds };
}

/** An article like no other: no two are taken for reprints. */
function articleOf(number: number): string {
  const words = Array.from({ length: 40 }, (_, at) => `word${number * 40 + at}`);
  return `Headline ${number}\n\n${words.join(" ")}.`;
}

function roundInput({ projectId, people }: Study, plan: object, settings: object = {}) {
  return {
    projectId,
    name: "Main",
    settings: { plan, ...settings },
    annotators: people.map(({ userId }) => ({ userId })),
    documentIds: null,
  };
}

async function start(study: Study, plan: object, settings: object = {}): Promise<string> {
  const input = roundInput(study, plan, settings);
  return valueFrom(await createRound.as(study.lead.actor, input)).roundId;
}

const take = async ({ projectId }: Study, person: TestUser) =>
  valueFrom(await nextAssignment.as(person.actor, { projectId })).assignmentId;

async function claimsOf(
  roundId: string,
): Promise<{ wanted: number; claimed: number; live: number }[]> {
  const { rows } = await pool().query(
    `SELECT q.wanted, q.claimed,
            (SELECT count(*)::int FROM assignment a
              WHERE a.project_id = q.project_id AND a.round_id = q.round_id
                AND a.document_id = q.document_id AND a.withdrawn_at IS NULL
                AND a.state <> 'skipped') AS live
       FROM round_document q WHERE q.round_id = $1 ORDER BY q.position`,
    [roundId],
  );
  return rows;
}

describe("a round of lists", () => {
  it("stores the plan that the preview showed", async () => {
    const study = await makeStudy(4, 10);
    const input = roundInput(study, { overlapAnnotators: 2, seed: "7" });
    const { name: _, ...planned } = input;
    const preview = valueFrom(await previewRound.as(study.lead.actor, planned));
    expect(preview).toMatchObject({ documents: 10, assignments: 20, shortfalls: 0, batches: 1 });
    const { roundId } = valueFrom(await createRound.as(study.lead.actor, input));
    const { rows } = await pool().query<{ user_id: string; documents: number }>(
      `SELECT n.user_id, count(*)::int AS documents
         FROM assignment a
         JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
         JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
        WHERE a.round_id = $1 GROUP BY n.user_id`,
      [roundId],
    );
    expect(new Map(rows.map((row) => [row.user_id, row.documents]))).toEqual(
      new Map(preview.annotators.map((each) => [each.userId, each.documents])),
    );
    const [listed] = valueFrom(
      await listRounds.as(study.lead.actor, { projectId: study.projectId }),
    );
    expect(listed).toMatchObject({ roundId, name: "Main", documents: 10, assigned: 20, free: 0 });
    const opened = await openRound.as(study.lead.actor, { projectId: study.projectId, roundId });
    expect(valueFrom(opened).settings.plan.seed).toBe("7");
  });

  it("is stored in the background where it is large, once however often the job runs", async () => {
    const study = await makeStudy(101, 100);
    const input = roundInput(study, { overlapAnnotators: null });
    const { roundId, jobId } = valueFrom(await createRound.as(study.lead.actor, input));
    expect(jobId).not.toBeNull();
    const problems: string[] = [];
    await runWaitingJobs((problem) => problems.push(problem));
    await pool().query("UPDATE job SET state = 'running', lease_until = now() - interval '1 s'");
    await runWaitingJobs((problem) => problems.push(problem));
    expect(problems).toEqual([]);
    const { rows } = await pool().query(
      "SELECT count(*)::int AS made FROM assignment WHERE round_id = $1",
      [roundId],
    );
    expect(rows).toEqual([{ made: 10_100 }]);
  });

  it("hands a repeat out when its days are over, and then as any other", async () => {
    const study = await makeStudy(1, 2);
    const [person] = study.people;
    if (person === undefined) throw new Error("nobody");
    await start(study, { overlapAnnotators: 1, repeatShare: 0.5, repeatAfterDays: 14 });
    await pool().query(
      "UPDATE assignment SET state = 'submitted', submitted_at = now() - interval '13 days' WHERE repetition = 0",
    );
    expect(await take(study, person)).toBeNull();
    await pool().query(
      "UPDATE assignment SET submitted_at = now() - interval '14 days' WHERE repetition = 0",
    );
    expect(await take(study, person)).not.toBeNull();
  });

  it("opens a batch after the other where the plan says so", async () => {
    const study = await makeStudy(1, 2);
    const [person] = study.people;
    if (person === undefined) throw new Error("There is an annotator.");
    const roundId = await start(study, { overlapAnnotators: 1, batchSize: 1, batchDays: 7 });
    const first = await take(study, person);
    await pool().query(
      `UPDATE assignment SET state = 'submitted', submitted_at = now() WHERE id = $1`,
      [first],
    );
    expect(await take(study, person)).toBeNull();
    const age = (days: number) =>
      pool().query(
        `UPDATE round SET created_at = now() - make_interval(days => $2) WHERE id = $1`,
        [roundId, days],
      );
    await age(6);
    expect(await take(study, person)).toBeNull();
    await age(7);
    expect(await take(study, person)).not.toBeNull();
  });

  it("hands out fixed lists and nothing else where that is asked for", async () => {
    const study = await makeStudy(2, 3);
    const { people, documentIds, lead } = study;
    const fixed = [
      { userId: people[0]?.userId, documentId: documentIds[0] },
      { userId: people[1]?.userId, documentId: documentIds[0] },
      { userId: people[1]?.userId, documentId: documentIds[2] },
    ];
    const input = { ...roundInput(study, { fixedOnly: true }), fixed };
    const { roundId } = valueFrom(await createRound.as(lead.actor, input));
    const { rows } = await pool().query(
      `SELECT n.user_id AS "userId", a.document_id AS "documentId" FROM assignment a
         JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
        WHERE a.round_id = $1`,
      [roundId],
    );
    expect(rows).toHaveLength(3);
    expect(rows).toEqual(expect.arrayContaining(fixed));

    const refused = async (plan: object, pairs: object[]) =>
      failureFrom(await createRound.as(lead.actor, { ...roundInput(study, plan), fixed: pairs }))
        .place;
    expect(await refused({ fixedOnly: true }, [])).toBe("fixed");
    expect(await refused({ handOut: "pull" }, fixed)).toBe("fixed");
    expect(await refused({}, [{ userId: lead.userId, documentId: documentIds[0] }])).toBe("fixed");
  });

  it("refuses who is no annotator here, and a round that ends before it begins", async () => {
    const study = await makeStudy(1, 1);
    const viewer = await makeMember(study.projectId, "viewer");
    const input = roundInput(study, {});
    const withViewer = { ...input, annotators: [{ userId: viewer.userId }] };
    expect(failureFrom(await createRound.as(study.lead.actor, withViewer)).place).toBe(
      "annotators",
    );
    const backwards = { ...input, opensAt: "2026-05-02", closesAt: "2026-05-01" };
    expect(failureFrom(await createRound.as(study.lead.actor, backwards)).place).toBe("closesAt");
  });

  it("leaves reprints out unless they are named", async () => {
    const study = await makeStudy(1, 3);
    const [first, second] = study.documentIds;
    await pool().query("UPDATE document SET duplicate_of_id = $1, likeness = 0.9 WHERE id = $2", [
      first,
      second,
    ]);
    const { name: _, ...planned } = roundInput(study, { overlapAnnotators: 1 });
    const all = valueFrom(await previewRound.as(study.lead.actor, planned));
    expect(all.documents).toBe(2);
    const named = { ...planned, documentIds: [second ?? ""] };
    expect(valueFrom(await previewRound.as(study.lead.actor, named)).documents).toBe(1);
  });

  it("waits until it opens", async () => {
    const study = await makeStudy(1, 1);
    const [person] = study.people;
    if (person === undefined) throw new Error("nobody");
    const roundId = await start(study, {});
    await pool().query("UPDATE round SET opens_at = now() + interval '1 hour' WHERE id = $1", [
      roundId,
    ]);
    expect(await take(study, person)).toBeNull();
    await pool().query("UPDATE round SET opens_at = now() - interval '1 hour' WHERE id = $1", [
      roundId,
    ]);
    expect(await take(study, person)).not.toBeNull();
  });
});

describe("a round in which annotators take documents", () => {
  const pull = { handOut: "pull", overlapAnnotators: 2 };

  it("gives each document to as many as it wants, and then nothing", async () => {
    const study = await makeStudy(3, 2);
    const roundId = await start(study, pull, { mostOpen: 5 });
    const taken = new Map<string, number>();
    for (const person of [...study.people, ...study.people]) {
      const assignmentId = await take(study, person);
      if (assignmentId === null) continue;
      await pool().query(
        "UPDATE assignment SET state = 'submitted', lease_until = NULL, submitted_at = now() WHERE id = $1",
        [assignmentId],
      );
      taken.set(person.userId, (taken.get(person.userId) ?? 0) + 1);
    }
    expect(await claimsOf(roundId)).toEqual([
      { wanted: 2, claimed: 2, live: 2 },
      { wanted: 2, claimed: 2, live: 2 },
    ]);
    expect([...taken.values()].reduce((sum, each) => sum + each, 0)).toBe(4);
    for (const person of study.people) expect(await take(study, person)).toBeNull();
  });

  it("gives the same document again to whoever asks again without finishing", async () => {
    const study = await makeStudy(2, 3);
    const [one] = study.people;
    if (one === undefined) throw new Error("nobody");
    await start(study, pull);
    const first = await take(study, one);
    expect(first).not.toBeNull();
    const again = await Promise.all([take(study, one), take(study, one), take(study, one)]);
    expect(new Set(again)).toEqual(new Set([first]));
  });

  it("passes a document on when its lease ends, and keeps the draft of the first", async () => {
    const study = await makeStudy(2, 1);
    const [one, two] = study.people;
    if (one === undefined || two === undefined) throw new Error("nobody");
    const roundId = await start(study, { ...pull, overlapAnnotators: 1 });
    const first = await take(study, one);
    expect(await take(study, two)).toBeNull();
    await pool().query(
      "UPDATE assignment SET lease_until = now() - interval '1 second' WHERE id = $1",
      [first],
    );
    const second = await take(study, two);
    expect(second).not.toBeNull();
    expect(await claimsOf(roundId)).toEqual([{ wanted: 1, claimed: 1, live: 1 }]);
    const { rows } = await pool().query(
      "SELECT withdrawn_at IS NOT NULL AS withdrawn FROM assignment WHERE id = $1",
      [first],
    );
    expect(rows).toEqual([{ withdrawn: true }]);
  });

  it("keeps a document with whoever works on it", async () => {
    const projectId = await makeRichProject();
    const desk = await makeDesk(projectId);
    await pool().query(
      "UPDATE assignment SET lease_until = now() + interval '1 minute' WHERE id = $1",
      [desk.assignmentId],
    );
    valueFrom(await attempt(desk, [operation({ kind: "flag_document", flags: ["discuss"] })]));
    const { rows } = await pool().query(
      "SELECT lease_until > now() + interval '23 hours' AS renewed FROM assignment WHERE id = $1",
      [desk.assignmentId],
    );
    expect(rows).toEqual([{ renewed: true }]);
  });

  it("passes a skipped or withdrawn document on, and takes it again on resuming", async () => {
    const study = await makeStudy(2, 1);
    const [one, two] = study.people;
    if (one === undefined || two === undefined) throw new Error("nobody");
    const roundId = await start(study, { ...pull, overlapAnnotators: 1 });
    const first = await take(study, one);
    valueFrom(await skipAssignment.as(one.actor, { assignmentId: first, reason: "unreadable" }));
    expect(await take(study, one)).toBeNull();
    const second = await take(study, two);
    expect(second).not.toBeNull();
    valueFrom(await withdrawAssignment.as(study.lead.actor, { assignmentId: second }));
    expect((await claimsOf(roundId))[0]).toMatchObject({ wanted: 1, claimed: 0 });
    valueFrom(await resumeAssignment.as(one.actor, { assignmentId: first }));
    expect(await claimsOf(roundId)).toEqual([{ wanted: 1, claimed: 1, live: 1 }]);
    expect(await take(study, two)).toBeNull();
  });

  describe("under 200 claims at once", () => {
    let study: Study;
    beforeAll(async () => {
      study = await makeStudy(200, 60);
    }, 120_000);

    it("never gives a document to more than it wants", async () => {
      const roundId = await start(study, { ...pull, overlapAnnotators: 3 });
      const taken = await Promise.all(study.people.map((person) => take(study, person)));
      const claims = await claimsOf(roundId);
      expect(
        claims.filter(({ live, wanted, claimed }) => live > wanted || live !== claimed),
      ).toEqual([]);
      // 60 documents for three each are 180 places: all are taken, and the last twenty get nothing.
      expect(taken.filter((each) => each !== null)).toHaveLength(180);
    }, 120_000);

    it("would, if the count were read first and written after", async () => {
      const roundId = await start(study, { ...pull, overlapAnnotators: 3 });
      await Promise.all(
        study.people.map(async ({ userId }) => {
          const { rows } = await pool().query<{ document_id: string }>(
            `SELECT q.document_id FROM round_document q
              WHERE q.round_id = $1 AND q.wanted > (
                SELECT count(*) FROM assignment a
                 WHERE a.round_id = q.round_id AND a.document_id = q.document_id)
              ORDER BY q.position LIMIT 1`,
            [roundId],
          );
          await pool().query(
            `INSERT INTO assignment (project_id, id, round_id, document_id, document_version_id, annotator_id)
             SELECT v.project_id, gen_random_uuid(), $1, v.document_id, v.id, n.id
               FROM document_version v JOIN annotator n ON n.project_id = v.project_id
              WHERE v.document_id = $2 AND n.user_id = $3`,
            [roundId, rows[0]?.document_id, userId],
          );
        }),
      );
      expect((await claimsOf(roundId)).some(({ live, wanted }) => live > wanted)).toBe(true);
    }, 60_000);
  });
});
