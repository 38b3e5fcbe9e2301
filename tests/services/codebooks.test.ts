import { beforeAll, describe, expect, test } from "vitest";
import { replay } from "@/lib/domain/annotation/replay";
import { stateToData } from "@/lib/domain/annotation/state";
import type { Codebook } from "@/lib/domain/codebook/language";
import { mergeLabels } from "@/lib/domain/codebook/restructure";
import type { Actor } from "@/lib/domain/policy";
import { pool } from "@/lib/server/db";
import { createDraft, discardDraft, openDraft, saveDraft } from "@/lib/services/codebook-drafts";
import {
  applyMigration,
  listMigrations,
  previewMigration,
  revertMigration,
  runMigration,
} from "@/lib/services/codebook-migrations";
import { previewPublication, publishDraft } from "@/lib/services/codebook-publishing";
import { listAffected, startReannotation } from "@/lib/services/codebook-reannotation";
import { templates } from "@/lib/services/codebook-store";
import {
  compareVersions,
  exportCodebook,
  listCodebookVersions,
  openCodebook,
} from "@/lib/services/codebooks";
import { editContext } from "@/lib/services/edit-context";
import { loadState } from "@/lib/services/stored-sets";
import { runWaitingJobs } from "@/lib/services/worker";
import { openAssignment } from "@/lib/services/workspace";
import { richCodebook } from "@/tests/support/rich-codebook";
import {
  addSpan,
  attempt,
  type Desk,
  logOf,
  makeDesk,
  makeRichProject,
  operation,
  requiredAnswers,
  send,
  stored,
} from "./support/annotating";
import { failureFrom, valueFrom } from "./support/answers";
import { makeMember } from "./support/factories";

type Lab = { projectId: string; lead: Actor };

async function makeLab(): Promise<Lab> {
  const projectId = await makeRichProject();
  const { actor } = await makeMember(projectId, "lead");
  return { projectId, lead: actor };
}

async function startDraft({ projectId, lead }: Lab) {
  return valueFrom(await createDraft.as(lead, { projectId, from: { kind: "published" } }));
}

/** Publishes a change of the codebook in force. */
async function publish(
  lab: Lab,
  change: (codebook: Codebook) => { codebook: Codebook; rules?: object[] },
  submittedToo = false,
) {
  const { projectId, lead } = lab;
  const draft = await startDraft(lab);
  const { codebook, rules = [] } = change(draft.content);
  const saved = valueFrom(
    await saveDraft.as(lead, {
      projectId,
      baseRevision: draft.revision,
      content: codebook,
      rules,
    }),
  );
  return valueFrom(
    await publishDraft.as(lead, { projectId, baseRevision: saved.revision, submittedToo }),
  );
}

const mergeEuphemism = (codebook: Codebook) =>
  mergeLabels(codebook, { layer: "wording", labels: ["euphemism"], into: "loaded" });

const withoutLabel = (codebook: Codebook, key: string): Codebook => ({
  ...codebook,
  layers: codebook.layers.map((layer) => ({
    ...layer,
    labels: layer.labels.filter((label) => label.key !== key),
  })),
});

/** Relations that may start at any label. */
const withLooseLinks = (codebook: Codebook): Codebook => ({
  ...codebook,
  layers: codebook.layers.map((layer) =>
    layer.key === "blame" ? { ...layer, from: { layer: "wording" } } : layer,
  ),
});

const redefined = (codebook: Codebook): Codebook => ({
  ...codebook,
  layers: codebook.layers.map((layer) => ({
    ...layer,
    labels: layer.labels.map((label) =>
      label.key === "loaded" ? { ...label, definition: "Words that judge." } : label,
    ),
  })),
});

function euphemism(desk: Desk, quote: string) {
  const { span } = addSpan(desk, quote);
  return operation({ kind: "add_span", span: { ...span, label: "euphemism", attributes: {} } });
}

async function submit(desk: Desk): Promise<void> {
  await send(desk, [...requiredAnswers(desk), operation({ kind: "submit" })]);
}

async function labelsIn(desk: Desk): Promise<string[]> {
  const state = await loadState(desk.projectId, desk.setId);
  return [...state.spans.values()].map((span) => span.label).sort();
}

async function versionOf(desk: Desk): Promise<number> {
  const { rows } = await pool().query<{ version: number }>(
    `SELECT c.version FROM annotation_set s
       JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
      WHERE s.id = $1`,
    [desk.setId],
  );
  return rows[0]?.version ?? 0;
}

/** The log replayed, each part under the codebook of its time, and the projection. */
async function replayed(desk: Desk) {
  const { rows } = await pool().query<{ version: number; id: string; text: string }>(
    `SELECT c.version, c.id, s.document_version_id AS text FROM codebook_version c
       JOIN annotation_set s ON s.project_id = c.project_id AND s.id = $1
      WHERE c.state <> 'draft'`,
    [desk.setId],
  );
  const contexts = new Map(
    await Promise.all(
      rows.map(
        async ({ version, id, text }) =>
          [version, await editContext(desk.projectId, text, id)] as const,
      ),
    ),
  );
  const { state } = replay(await logOf(desk), desk.context, (version) => {
    const context = contexts.get(version);
    if (context === undefined) throw new Error(`No version ${version}.`);
    return context;
  });
  return {
    log: stateToData(state),
    projection: stateToData(await loadState(desk.projectId, desk.setId)),
  };
}

describe("a draft", () => {
  test("may be unfinished, and says by place what keeps it from being published", async () => {
    const lab = await makeLab();
    const { projectId, lead } = lab;
    const draft = await startDraft(lab);
    expect(draft).toMatchObject({ version: 2, basedOn: 1, revision: 0, problems: [] });
    const [first, ...others] = draft.content.layers;
    const content = { ...draft.content, layers: [{ ...first, name: "" }, ...others] };
    const saved = valueFrom(await saveDraft.as(lead, { projectId, baseRevision: 0, content }));
    expect(saved.problems).toMatchObject([
      { place: "layer “wording”, name", message: "A name is missing." },
    ]);
    expect(valueFrom(await openDraft.as(lead, { projectId }))?.content.layers[0]?.name).toBe("");
    const refused = await publishDraft.as(lead, { projectId, baseRevision: saved.revision });
    expect(failureFrom(refused)).toMatchObject({ kind: "invalid" });
    expect(valueFrom(await openCodebook.as(lead, { projectId })).version).toBe(1);
  });

  test("is there once in a project, also when two begin one at the same moment", async () => {
    const { projectId, lead } = await makeLab();
    const other = (await makeMember(projectId, "lead")).actor;
    const made = await Promise.all(
      [lead, other].map((who) => createDraft.as(who, { projectId, from: { kind: "published" } })),
    );
    expect(made.map((each) => each.ok).sort()).toEqual([false, true]);
    const { rows } = await pool().query(
      "SELECT 1 FROM codebook_version WHERE project_id = $1 AND state = 'draft'",
      [projectId],
    );
    expect(rows).toHaveLength(1);
  });

  test("saved by two leads at once keeps one of them, and tells the other who was first", async () => {
    const lab = await makeLab();
    const { projectId, lead } = lab;
    const other = await makeMember(projectId, "lead");
    const draft = await startDraft(lab);
    const named = (name: string) => ({ ...draft.content, name });
    const saves = await Promise.all([
      saveDraft.as(lead, { projectId, baseRevision: 0, content: named("Mine") }),
      saveDraft.as(other.actor, { projectId, baseRevision: 0, content: named("Theirs") }),
    ]);
    expect(saves.filter((each) => each.ok)).toHaveLength(1);
    const late = saves.find((each) => !each.ok);
    expect(late?.ok === false && late.failure.kind).toBe("conflict");
    const kept = valueFrom(await openDraft.as(lead, { projectId }));
    expect(kept?.revision).toBe(1);
    expect(kept?.content.name).toBe(saves[0]?.ok ? "Mine" : "Theirs");
  });

  test("that is discarded leaves the version in force", async () => {
    const lab = await makeLab();
    const { projectId, lead } = lab;
    await startDraft(lab);
    valueFrom(await discardDraft.as(lead, { projectId, baseRevision: 0 }));
    expect(valueFrom(await openDraft.as(lead, { projectId }))).toBeNull();
    expect(valueFrom(await openCodebook.as(lead, { projectId })).codebook).toEqual(richCodebook);
  });

  test.each(templates().map(({ key }) => key))(
    "made from the template %s or from its file is ready to be published",
    async (key) => {
      const { projectId, lead } = await makeLab();
      const from = { kind: "template", key };
      const draft = valueFrom(await createDraft.as(lead, { projectId, from }));
      expect(draft.problems).toEqual([]);
      valueFrom(await discardDraft.as(lead, { projectId, baseRevision: 0 }));
      const file = { kind: "file", text: JSON.stringify(draft.content) };
      const again = valueFrom(await createDraft.as(lead, { projectId, from: file }));
      expect(again.content).toEqual(draft.content);
    },
  );
});

describe("publishing", () => {
  test("is announced in words, and freezes the version", async () => {
    const lab = await makeLab();
    const { projectId, lead } = lab;
    const draft = await startDraft(lab);
    const content = redefined(draft.content);
    const { revision } = valueFrom(
      await saveDraft.as(lead, { projectId, baseRevision: 0, content }),
    );
    const before = valueFrom(await previewPublication.as(lead, { projectId }));
    expect(before.changes.map(({ sentence }) => sentence)).toEqual([
      "The definition of “Loaded language” in “Wording” changed.",
    ]);
    const { version } = valueFrom(
      await publishDraft.as(lead, { projectId, baseRevision: revision }),
    );
    expect(version).toBe(2);
    const opened = valueFrom(await openCodebook.as(lead, { projectId }));
    expect(opened).toMatchObject({ version: 2, state: "published" });
    expect(valueFrom(await openCodebook.as(lead, { projectId, version: 1 })).state).toBe(
      "superseded",
    );
    const compared = valueFrom(await compareVersions.as(lead, { projectId, from: 1, to: 2 }));
    expect(compared.changes).toEqual(before.changes);
    const file = valueFrom(await exportCodebook.as(lead, { projectId, version: 2 }));
    expect(JSON.parse(file.content)).toEqual(opened.codebook);
    for (const change of ["content = '{}'", "rules = '[1]'", "state = 'draft'"]) {
      await expect(
        pool().query(
          `UPDATE codebook_version SET ${change} WHERE project_id = $1 AND version = 2`,
          [projectId],
        ),
      ).rejects.toThrow("never changed");
    }
    for (const table of ["label", "layer", "attribute", "codebook_version"]) {
      await expect(
        pool().query(`DELETE FROM ${table} WHERE project_id = $1`, [projectId]),
      ).rejects.toThrow("never changed");
    }
  });

  test("archives a label in use that the draft leaves out, and drops one that is not", async () => {
    const lab = await makeLab();
    const desk = await makeDesk(lab.projectId);
    await send(desk, [euphemism(desk, "brave")]);
    await publish(lab, (codebook) => ({
      codebook: withLooseLinks(withoutLabel(withoutLabel(codebook, "euphemism"), "harm")),
    }));
    const { codebook } = valueFrom(await openCodebook.as(lab.lead, { projectId: lab.projectId }));
    const labels = codebook.layers.flatMap((layer) => layer.labels);
    expect(labels.find(({ key }) => key === "euphemism")).toMatchObject({ archived: true });
    expect(labels.some(({ key }) => key === "harm")).toBe(false);
    expect(await labelsIn(desk)).toEqual(["euphemism"]);
    expect(await versionOf(desk)).toBe(2);
  });

  test("takes open work along and leaves submitted work under its version", async () => {
    const lab = await makeLab();
    const [untouched, begun, done] = [
      await makeDesk(lab.projectId),
      await makeDesk(lab.projectId),
      await makeDesk(lab.projectId),
    ];
    await send(begun, [euphemism(begun, "brave"), operation(addSpan(begun, "troops"))]);
    await send(done, [euphemism(done, "brave")]);
    await submit(done);
    const result = await publish(lab, mergeEuphemism);
    expect(result).toMatchObject({ version: 2, moved: 1, changed: 1, remaining: 0 });
    expect(await versionOf(untouched)).toBe(2);
    expect(await versionOf(begun)).toBe(2);
    expect(await versionOf(done)).toBe(1);
    expect(await labelsIn(begun)).toEqual(["loaded", "loaded"]);
    expect(await labelsIn(done)).toEqual(["euphemism"]);
    const listed = valueFrom(await listCodebookVersions.as(lab.lead, { projectId: lab.projectId }));
    expect(listed.map(({ version, state, sets }) => ({ version, state, sets }))).toEqual([
      { version: 2, state: "published", sets: 1 },
      { version: 1, state: "superseded", sets: 1 },
    ]);
    const { log, projection } = await replayed(begun);
    expect(log).toEqual(projection);
  });

  test("loses nothing that somebody sends from a page of the version before", async () => {
    const lab = await makeLab();
    const desk = await makeDesk(lab.projectId);
    await send(desk, [euphemism(desk, "brave")]);
    await publish(lab, mergeEuphemism);
    const late = await send(desk, [euphemism(desk, "troops"), operation(addSpan(desk, "family"))]);
    expect(late.results.map(({ outcome }) => outcome)).toEqual(["applied", "applied"]);
    expect(await labelsIn(desk)).toEqual(["euphemism", "loaded", "loaded"]);
  });

  test("while somebody writes loses none of what was acknowledged", async () => {
    const lab = await makeLab();
    const desk = await makeDesk(lab.projectId);
    const words = ["family", "watched", "brave", "troops", "roll", "old", "town", "cleansing"];
    const writing = (async () => {
      let applied = 0;
      for (const word of words) {
        const answer = await attempt(desk, [operation(addSpan(desk, word))]);
        if (answer.ok)
          applied += answer.value.results.filter((r) => r.outcome === "applied").length;
      }
      return applied;
    })();
    const publishing = publish(lab, mergeEuphemism);
    const [applied] = await Promise.all([writing, publishing]);
    expect(applied).toBe(words.length);
    expect((await stored(desk)).spans).toBe(words.length);
    expect(await versionOf(desk)).toBe(2);
    const { log, projection } = await replayed(desk);
    expect(log).toEqual(projection);
  });

  test("refuses to give a layer in use another level", async () => {
    const lab = await makeLab();
    const { projectId, lead } = lab;
    const desk = await makeDesk(projectId);
    await send(desk, [operation(addSpan(desk, "brave"))]);
    const draft = await startDraft(lab);
    const layers = draft.content.layers
      .filter((layer) => layer.level !== "relation")
      .map((layer) => (layer.key === "wording" ? { ...layer, level: "document" } : layer));
    const content = { ...draft.content, layers };
    const { revision } = valueFrom(
      await saveDraft.as(lead, { projectId, baseRevision: 0, content }),
    );
    const { problems } = valueFrom(await previewPublication.as(lead, { projectId }));
    expect(problems.map(({ message }) => message)).toContain(
      "This layer is in use at another level. Make a new layer and archive this one.",
    );
    const refused = await publishDraft.as(lead, { projectId, baseRevision: revision });
    expect(failureFrom(refused).kind).toBe("invalid");
  });
});

describe("a migration of submitted work", () => {
  let lab: Lab;
  let desk: Desk;
  let migrationId: string;
  let before: unknown;

  beforeAll(async () => {
    lab = await makeLab();
    desk = await makeDesk(lab.projectId);
    await send(desk, [euphemism(desk, "brave"), operation(addSpan(desk, "troops"))]);
    await submit(desk);
    before = stateToData(await loadState(desk.projectId, desk.setId));
    await publish(lab, mergeEuphemism);
  });

  test("is announced with how much it touches", async () => {
    const { projectId, lead } = lab;
    const { touched } = valueFrom(await previewMigration.as(lead, { projectId, version: 2 }));
    expect(touched).toMatchObject([
      {
        sentence: "“Euphemism” become “Loaded language”.",
        submitted: { annotations: 1, documents: 1, annotators: 1 },
        open: { annotations: 0 },
      },
    ]);
  });

  test("is one gesture at the end of the log, and the document stays submitted", async () => {
    const { projectId, lead } = lab;
    const earlier = await logOf(desk);
    const done = valueFrom(await applyMigration.as(lead, { projectId, version: 2, scope: "all" }));
    migrationId = done.migrationId;
    expect(done).toMatchObject({ sets: 1, changed: 1, remaining: 0 });
    expect(await labelsIn(desk)).toEqual(["loaded", "loaded"]);
    const log = await logOf(desk);
    expect(log.slice(0, earlier.length)).toEqual(earlier);
    const added = log.slice(earlier.length);
    expect(added.map(({ change }) => change.kind)).toEqual(["change_codebook", "label_span"]);
    expect(new Set(added.map(({ gestureId }) => gestureId)).size).toBe(1);
    const { rows } = await pool().query(
      `SELECT s.revision = s.submitted_revision AS whole, a.state FROM annotation_set s
         JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
        WHERE s.id = $1`,
      [desk.setId],
    );
    expect(rows).toEqual([{ whole: true, state: "submitted" }]);
    const again = valueFrom(await applyMigration.as(lead, { projectId, version: 2, scope: "all" }));
    expect(again.sets).toBe(0);
  });

  test("is taken back to what was submitted, under the version of then", async () => {
    const { projectId, lead } = lab;
    const back = valueFrom(await revertMigration.as(lead, { projectId, migrationId }));
    expect(back).toEqual({ sets: 1, restored: 1, kept: 0, isRunning: false });
    expect(stateToData(await loadState(desk.projectId, desk.setId))).toEqual(before);
    expect(await versionOf(desk)).toBe(1);
    const { log, projection } = await replayed(desk);
    expect(log).toEqual(projection);
    const listed = valueFrom(await listMigrations.as(lead, { projectId }));
    expect(listed.find((each) => each.migrationId === migrationId)?.state).toBe("reverted");
    expect(failureFrom(await revertMigration.as(lead, { projectId, migrationId })).kind).toBe(
      "conflict",
    );
  });

  test("can be made again after that", async () => {
    const { projectId, lead } = lab;
    const done = valueFrom(await applyMigration.as(lead, { projectId, version: 2, scope: "all" }));
    expect(done).toMatchObject({ sets: 1, changed: 1 });
    expect(await labelsIn(desk)).toEqual(["loaded", "loaded"]);
  });
});

test("a migration of many sets is a job that goes on where it was killed, there and back", async () => {
  const lab = await makeLab();
  const { projectId, lead } = lab;
  const first = await makeDesk(projectId);
  await send(first, [euphemism(first, "brave")]);
  const others = await Promise.all(Array.from({ length: 50 }, () => makeDesk(projectId)));
  for (const desk of others) await send(desk, [operation(addSpan(desk, "troops"))]);
  const published = await publish(lab, mergeEuphemism);
  expect(published).toMatchObject({ isRunning: true, moved: 0 });
  const find = async () =>
    valueFrom(await listMigrations.as(lead, { projectId })).find(
      ({ migrationId }) => migrationId === published.migrationId,
    );
  expect(await find()).toMatchObject({ state: "running", sets: 0, job: { state: "waiting" } });
  const stop = new AbortController();
  const killed = runMigration(projectId, published.migrationId, {
    signal: stop.signal,
    progress: async (done) => {
      if (done === 20) stop.abort(new Error("killed"));
    },
  });
  await expect(killed).rejects.toThrow("killed");
  expect(await find()).toMatchObject({ state: "running", sets: 20 });
  await runWaitingJobs(() => {});
  expect(await find()).toMatchObject({
    state: "applied",
    sets: 51,
    changed: 1,
    job: { state: "done", done: 51, total: 51 },
  });
  expect(await labelsIn(first)).toEqual(["loaded"]);
  const { migrationId } = published;
  const back = valueFrom(await revertMigration.as(lead, { projectId, migrationId }));
  expect(back.isRunning).toBe(true);
  expect(await labelsIn(first)).toEqual(["loaded"]);
  await runWaitingJobs(() => {});
  expect(await find()).toMatchObject({ state: "reverted", job: { state: "done", total: 51 } });
  expect(await labelsIn(first)).toEqual(["euphemism"]);
});

test("a migration of open work that is taken back leaves what was made since", async () => {
  const lab = await makeLab();
  const { projectId, lead } = lab;
  const desk = await makeDesk(projectId);
  await send(desk, [euphemism(desk, "brave")]);
  const { migrationId } = await publish(lab, mergeEuphemism);
  await send(desk, [operation(addSpan(desk, "troops"))]);
  valueFrom(await revertMigration.as(lead, { projectId, migrationId }));
  expect(await labelsIn(desk)).toEqual(["euphemism", "loaded"]);
  const opened = valueFrom(
    await openAssignment.as(desk.annotator.actor, { assignmentId: desk.assignmentId }),
  );
  expect(opened.codebookVersion).toBe(await versionOf(desk));
});

test("what a changed definition concerns is listed, and annotated again in a round of its own", async () => {
  const lab = await makeLab();
  const { projectId, lead } = lab;
  const [one, other] = [await makeDesk(projectId), await makeDesk(projectId)];
  await send(one, [operation(addSpan(one, "brave"))]);
  await submit(one);
  await submit(other);
  await publish(lab, (codebook) => ({ codebook: redefined(codebook) }));
  const affected = valueFrom(await listAffected.as(lead, { projectId, from: 1, to: 2 }));
  expect(affected.labels).toMatchObject([{ layer: "wording", key: "loaded", annotations: 1 }]);
  expect(affected.documents).toMatchObject([{ annotations: 1, annotators: 1 }]);
  const made = valueFrom(
    await startReannotation.as(lead, { projectId, from: 1, to: 2, name: "Loaded again" }),
  );
  expect(made.assignments).toBe(1);
  const { rows } = await pool().query(
    `SELECT r.kind, c.version, n.user_id = $2 AS theirs, s.revision FROM assignment a
       JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
       JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
       JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
       JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
      WHERE a.round_id = $1`,
    [made.roundId, one.annotator.userId],
  );
  expect(rows).toEqual([{ kind: "reannotation", version: 2, theirs: true, revision: 0 }]);
  expect(await labelsIn(one)).toEqual(["loaded"]);
});
