import { beforeAll, describe, expect, test } from "vitest";
import { pool } from "@/lib/server/db";
import { revealSource } from "@/lib/services/blind-source";
import {
  digestDiscussions,
  listDiscussable,
  listDiscussions,
  openDiscussion,
  removeMessage,
  reopenDiscussion,
  replyToDiscussion,
  resolveDiscussion,
  startDiscussion,
} from "@/lib/services/discussions";
import { openProgress } from "@/lib/services/progress";
import { openAssignment } from "@/lib/services/workspace";
import { failureFrom, valueFrom } from "./support/answers";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  type TestUser,
} from "./support/factories";
import { makeWork } from "./support/submitted-work";

const TEXT = "A 🕊 over town\n\nThe brutal regime fled. Crowds cheered on Monday.";

let projectId: string;
let documentId: string;
let lead: TestUser;
/** Submitted the document. */
let ada: TestUser;
/** Still has to annotate it. */
let ben: TestUser;
/** Was never given it. */
let cy: TestUser;
let viewer: TestUser;

beforeAll(async () => {
  ({ projectId } = await makeProject());
  lead = await makeMember(projectId, "lead");
  ada = await makeMember(projectId, "annotator");
  ben = await makeMember(projectId, "annotator");
  cy = await makeMember(projectId, "annotator");
  viewer = await makeMember(projectId, "viewer");
  const document = await makeDocument(projectId, { text: TEXT });
  documentId = document.documentId;
  const answers = { overall: "1" };
  await makeWork(projectId, document, ada, { ...answers });
  await makeWork(projectId, document, ben, { ...answers, state: "in_progress" });
});

async function start(user: TestUser, more: object = {}): Promise<string> {
  const input = {
    projectId,
    title: "Loaded or not?",
    body: "See the <b>second</b> line.",
    about: { kind: "document", documentId },
    ...more,
  };
  return valueFrom(await startDiscussion.as(user.actor, input)).discussionId;
}

async function listed(user: TestUser): Promise<string[]> {
  const { discussions } = valueFrom(
    await listDiscussions.as(user.actor, { projectId, state: "all" }),
  );
  return discussions.map((each) => each.discussionId);
}

describe("who still has to annotate a document", () => {
  test("sees nothing of its discussions, and cannot tell that there are any", async () => {
    const before = JSON.stringify(await everythingSeenBy(ben));
    const discussionId = await start(ada, { mentions: [ben.userId] });
    expect(JSON.stringify(await everythingSeenBy(ben))).toBe(before);
    expect(await listed(ada)).toContain(discussionId);
    const absent = failureFrom(
      await openDiscussion.as(ben.actor, { projectId, discussionId: documentId }),
    );
    for (const useCase of [openDiscussion, resolveDiscussion, reopenDiscussion]) {
      const refused = failureFrom(await useCase.as(ben.actor, { projectId, discussionId }));
      expect(refused).toEqual(absent);
    }
    const replied = await replyToDiscussion.as(ben.actor, { projectId, discussionId, body: "I?" });
    expect(failureFrom(replied)).toEqual(absent);
  });

  test("is shown them, with the mention, once it is submitted", async () => {
    await pool().query(
      `UPDATE assignment a SET state = 'submitted', submitted_at = now() FROM annotator n
        WHERE n.id = a.annotator_id AND n.user_id = $1`,
      [ben.userId],
    );
    const { discussions } = valueFrom(
      await listDiscussions.as(ben.actor, { projectId, mine: "mentioned" }),
    );
    expect(discussions).toMatchObject([{ isMentioned: true }]);
    const discussionId = discussions[0]?.discussionId;
    valueFrom(await openDiscussion.as(ben.actor, { projectId, discussionId }));
    const seen = valueFrom(await openDiscussion.as(ben.actor, { projectId, discussionId }));
    expect(seen.isMentioned).toBe(false);
    await pool().query(
      `UPDATE assignment a SET state = 'in_progress', submitted_at = NULL FROM annotator n
        WHERE n.id = a.annotator_id AND n.user_id = $1`,
      [ben.userId],
    );
    expect(failureFrom(await openDiscussion.as(ben.actor, { projectId, discussionId })).kind).toBe(
      "not_found",
    );
  });

  test("cannot begin one about it either", async () => {
    const input = {
      projectId,
      title: "What?",
      body: "Why?",
      about: { kind: "document", documentId },
    };
    expect(failureFrom(await startDiscussion.as(ben.actor, input)).kind).toBe("not_found");
    expect(failureFrom(await startDiscussion.as(cy.actor, input)).kind).toBe("not_found");
  });
});

async function everythingSeenBy({ actor }: TestUser) {
  return [
    await listDiscussions.as(actor, { projectId, state: "all" }),
    await listDiscussable.as(actor, { projectId }),
    await digestDiscussions.as(actor, { projectId, state: "all" }),
  ];
}

test("an annotator to whom the queue may still give the document sees nothing, a lead does", async () => {
  const discussionId = await start(ada);
  expect(await listed(cy)).not.toContain(discussionId);
  expect(await listed(lead)).toContain(discussionId);
  expect(failureFrom(await listDiscussions.as(viewer.actor, { projectId })).kind).toBe("forbidden");
});

test("a thread on words keeps the words, counted in code points", async () => {
  const discussionId = await start(ada, { about: { kind: "span", documentId, start: 2, end: 3 } });
  const { subject } = valueFrom(await openDiscussion.as(ada.actor, { projectId, discussionId }));
  expect(subject).toMatchObject({ kind: "span", start: 2, end: 3, quote: "🕊" });
  const outside = { kind: "span", documentId, start: 2, end: 9_999 };
  const refused = await startDiscussion.as(ada.actor, {
    projectId,
    title: "T",
    body: "B",
    about: outside,
  });
  expect(failureFrom(refused).kind).toBe("invalid");
});

test("a thread on a label is for everybody who takes part, and only of a label that is there", async () => {
  const about = { kind: "label", layer: "span", label: "loaded_language" };
  const discussionId = await start(cy, { about });
  expect(await listed(ben)).toContain(discussionId);
  const unknown = { projectId, title: "T", body: "B", about: { ...about, label: "no_such" } };
  expect(failureFrom(await startDiscussion.as(cy.actor, unknown)).kind).toBe("invalid");
});

test("annotators meet under pseudonyms, and a lead knows the names", async () => {
  const discussionId = await start(ada);
  const dan = await makeMember(projectId, "adjudicator");
  const seen = valueFrom(await openDiscussion.as(dan.actor, { projectId, discussionId }));
  expect(JSON.stringify(seen)).not.toContain(ada.name);
  const known = valueFrom(await openDiscussion.as(lead.actor, { projectId, discussionId }));
  expect(known.by).toBe(ada.name);
});

test("a thread is resolved and taken up again, and each is said by whom", async () => {
  const discussionId = await start(ada);
  const at = { projectId, discussionId };
  valueFrom(await replyToDiscussion.as(lead.actor, { ...at, body: "Loaded, as of now." }));
  valueFrom(await resolveDiscussion.as(lead.actor, at));
  expect(failureFrom(await resolveDiscussion.as(lead.actor, at)).kind).toBe("closed");
  const settled = valueFrom(await openDiscussion.as(lead.actor, at));
  expect(settled).toMatchObject({ resolvedBy: lead.name, messages: 2 });
  const open = valueFrom(await listDiscussions.as(lead.actor, { projectId }));
  expect(open.discussions.map((each) => each.discussionId)).not.toContain(discussionId);
  valueFrom(await reopenDiscussion.as(ada.actor, at));
  expect(valueFrom(await openDiscussion.as(ada.actor, at)).resolvedBy).toBeNull();
});

test("one takes back one's own message only, and that there was one stays", async () => {
  const discussionId = await start(ada);
  const at = { projectId, discussionId };
  const { thread } = valueFrom(await openDiscussion.as(ada.actor, at));
  const messageId = thread[0]?.messageId;
  expect(failureFrom(await removeMessage.as(lead.actor, { ...at, messageId })).kind).toBe("closed");
  valueFrom(await removeMessage.as(ada.actor, { ...at, messageId }));
  const after = valueFrom(await openDiscussion.as(lead.actor, at));
  expect(after.thread).toMatchObject([{ body: null }]);
});

test("nobody outside of the project can be named", async () => {
  const stranger = await makeMember((await makeProject()).projectId, "annotator");
  const input = {
    projectId,
    title: "T",
    body: "B",
    mentions: [stranger.userId],
    about: { kind: "document", documentId },
  };
  expect(failureFrom(await startDiscussion.as(ada.actor, input)).kind).toBe("invalid");
});

test("a lead who still has to annotate a document does not find its threads in a count", async () => {
  const fresh = await makeProject();
  const other = await makeDocument(fresh.projectId);
  const chief = await makeMember(fresh.projectId, "lead");
  const colleague = await makeMember(fresh.projectId, "annotator");
  const answers = { overall: "1" };
  await makeWork(fresh.projectId, other, colleague, answers);
  await makeWork(fresh.projectId, other, chief, { ...answers, state: "in_progress" });
  valueFrom(
    await startDiscussion.as(colleague.actor, {
      projectId: fresh.projectId,
      title: "T",
      body: "B",
      about: { kind: "document", documentId: other.documentId },
    }),
  );
  const progress = valueFrom(await openProgress.as(chief.actor, { projectId: fresh.projectId }));
  expect(progress.openDiscussions).toBe(0);
});

test("the digest holds all threads of the round with their messages, in the order of the text", async () => {
  const { discussions } = valueFrom(
    await digestDiscussions.as(lead.actor, { projectId, state: "all" }),
  );
  expect(discussions.length).toBeGreaterThan(4);
  expect(discussions.every(({ thread, messages }) => thread.length >= messages)).toBe(true);
});

describe("where the source of a document is hidden", () => {
  const text =
    "Talks fail, The Quillon Gazette learns\n\nA reporter of The Quillon Gazette saw vile acts.";
  const name = "The Quillon Gazette";

  async function makeHidden() {
    const own = await makeProject();
    const [boss, eve] = [
      await makeMember(own.projectId, "lead"),
      await makeMember(own.projectId, "annotator"),
    ];
    const document = await makeDocument(own.projectId, { text });
    await pool().query(`UPDATE document SET outlet = $2, title = $3 WHERE id = $1`, [
      ...[document.documentId, name, `Talks fail, ${name} learns`],
    ]);
    await pool().query(
      `UPDATE round SET settings = settings || '{"isSourceBlind": true}' WHERE project_id = $1`,
      [own.projectId],
    );
    // What the annotator sees is masked, so that the words they send are too.
    const { assignmentId } = await makeWork(
      own.projectId,
      { ...document, sha256: await maskedHash(eve, document.documentId, own.projectId) },
      eve,
      { overall: "1" },
    );
    const start = [...text.slice(0, text.indexOf("reporter"))].length;
    const about = { kind: "span", documentId: document.documentId, start, end: start + 31 };
    const { discussionId } = valueFrom(
      await startDiscussion.as(boss.actor, {
        projectId: own.projectId,
        title: `Does ${name} judge?`,
        body: `I know ${name}.`,
        about,
      }),
    );
    return { ...own, boss, eve, assignmentId, discussionId };
  }

  async function maskedHash(user: TestUser, id: string, project: string): Promise<string> {
    const assignmentId = await makeAssignment(project, id, user.userId);
    return valueFrom(await openAssignment.as(user.actor, { assignmentId })).document.textSha256;
  }

  test("threads do not name it to its annotators until they have asked for it, and do to a lead", async () => {
    const { projectId: hidden, boss, eve, assignmentId, discussionId } = await makeHidden();
    const heard = async (user: TestUser) => {
      const list = valueFrom(
        await listDiscussions.as(user.actor, { projectId: hidden, state: "all" }),
      );
      const thread = valueFrom(
        await openDiscussion.as(user.actor, { projectId: hidden, discussionId }),
      );
      const digest = valueFrom(
        await digestDiscussions.as(user.actor, { projectId: hidden, state: "all" }),
      );
      const choices = valueFrom(await listDiscussable.as(user.actor, { projectId: hidden }));
      return [list.discussions, thread.subject, thread.thread, digest, choices.documents].map(
        (each) => JSON.stringify(each),
      );
    };
    for (const answer of await heard(eve)) {
      expect(answer).not.toContain("Quillon");
      expect(answer).toContain("█");
    }
    const [list] = await heard(eve);
    expect(list).toContain("reporter of ███ ███████ ███████");
    for (const answer of await heard(boss)) expect(answer).toContain(name);
    valueFrom(await revealSource.as(eve.actor, { assignmentId }));
    for (const answer of await heard(eve)) expect(answer).toContain(name);
  });
});
