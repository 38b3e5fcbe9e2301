import { beforeEach, describe, expect, test } from "vitest";
import { SORTS, type Sort } from "@/lib/domain/corpus/cursor";
import { db, pool } from "@/lib/server/db";
import { listDocumentIds, listDocuments, listFacets } from "@/lib/services/document-search";
import { prepareDocument, type SourceFacts, storePrepared } from "@/lib/services/document-store";
import { importDocuments } from "@/lib/services/documents";
import {
  chooseDuplicate,
  findDuplicates,
  linkDuplicate,
  listDuplicates,
  previewDuplicates,
  setApart,
} from "@/lib/services/duplicates";
import { editEntities, listEntities, proposeEntities, readChoices } from "@/lib/services/entities";
import {
  acceptEventSuggestion,
  forgetComparisons,
  listEventSuggestions,
  proposeEvents,
  rejectEventSuggestion,
  reopenEventSuggestion,
} from "@/lib/services/event-suggestions";
import {
  createEvent,
  groupByField,
  listEvents,
  mergeEvents,
  openEvent,
  setDocumentEvent,
} from "@/lib/services/events";
import { describeDocuments, matchFactsTable } from "@/lib/services/source-facts";
import { emptyDatabase } from "@/tests/support/database";
import { chance } from "@/tests/support/random";
import { failureFrom, valueFrom } from "./support/answers";
import { makeMember, makeProject, type TestUser } from "./support/factories";

let projectId: string;
let lead: TestUser;

beforeEach(async () => {
  await emptyDatabase();
  ({ projectId } = await makeProject());
  lead = await makeMember(projectId, "lead");
});

async function load(...documents: object[]): Promise<string[]> {
  const report = valueFrom(await importDocuments.as(lead.actor, { projectId, documents }));
  expect(report.problems).toEqual([]);
  return report.documents.map(({ documentId }) => documentId);
}

const list = async (more: object = {}) =>
  valueFrom(await listDocuments.as(lead.actor, { projectId, ...more })).documents;
const titles = async (more: object) => (await list(more)).map(({ title }) => title);

/** An article of made-up words, the same for the same number. */
function article(seed: number, paragraphs = 8): string[] {
  const random = chance(seed);
  return Array.from({ length: paragraphs }, () => {
    const words = Array.from({ length: 40 }, () => `word${random.below(900)}`);
    return `Word ${words.join(" ")}.`;
  });
}

const source = (title: string, lines: string[]) => [title, ...lines].join("\n\n");
const NO_FACTS: SourceFacts = {
  outlet: null,
  author: null,
  publishedOn: null,
  url: null,
  country: null,
  section: null,
  licence: null,
};

/** Reads the whole list page by page; nothing is left out, empty values come last, the others in order. */
async function expectOrder(sort: Sort, count: number): Promise<void> {
  const seen: Record<"title" | "outlet" | "publishedOn", string | null>[] = [];
  let after: string | undefined;
  do {
    const input = { projectId, sort, limit: 4, ...(after === undefined ? {} : { after }) };
    const page = valueFrom(await listDocuments.as(lead.actor, input));
    seen.push(...page.documents);
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(new Set(seen.map(({ title }) => title)).size, sort).toBe(count);
  const field = FIELDS[sort.replace("-", "")];
  const values = field === undefined ? [] : seen.map((each) => each[field]);
  const filled = values.filter((value) => value !== null);
  expect(values.slice(0, filled.length), sort).toEqual(filled);
  const sorted = [...filled].sort((a, b) => a.localeCompare(b));
  expect(filled, sort).toEqual(sort.startsWith("-") ? sorted.reverse() : sorted);
}

const FIELDS: Record<string, "title" | "outlet" | "publishedOn"> = {
  title: "title",
  outlet: "outlet",
  published: "publishedOn",
};

describe("a search", () => {
  test("finds words of the text by the rules of the language, phrases, beginnings and exclusions", async () => {
    await load(
      { text: "Truce holds\n\nThe armies were liberating towns near Ağdam." },
      { text: "Harbour vote\n\nThe council of the town voted on the harbour." },
    );
    expect(await titles({ search: "liberated" })).toEqual(["Truce holds"]);
    expect(await titles({ search: "ağd" })).toEqual(["Truce holds"]);
    expect(await titles({ search: '"town voted"' })).toEqual(["Harbour vote"]);
    expect(await titles({ search: "town -harbour" })).toEqual(["Truce holds"]);
    expect(await titles({ search: "nowhere" })).toEqual([]);
  });

  test("finds words of a script without spaces", async () => {
    await load({ text: "停火协议生效\n\n军队周五离开了这座城市。", language: "zh" });
    expect(await titles({ search: "军队" })).toHaveLength(1);
    expect(await titles({ search: "海军" })).toHaveLength(0);
  });

  test("finds a document by its new outlet and by a new language's rules, and no more by the old", async () => {
    const [documentId = ""] = await load({
      text: "Häuser\n\nDie Häuser brannten.",
      outlet: "Alpha",
    });
    expect(await titles({ search: "alpha" })).toHaveLength(1);
    const facts = { outlet: "Omega", language: "de" };
    valueFrom(
      await describeDocuments.as(lead.actor, { projectId, documents: [{ documentId, facts }] }),
    );
    expect(await titles({ search: "alpha" })).toHaveLength(0);
    expect(await titles({ search: "omega" })).toHaveLength(1);
    expect(await titles({ search: "Haus brennen", language: "de" })).toHaveLength(0);
    expect(await titles({ search: "brannte", language: "de" })).toHaveLength(1);
  });

  test("is narrowed by outlet, day, language, event and reprints, and goes on page by page in every order", async () => {
    const made = article(5);
    await load(
      ...Array.from({ length: 23 }, (_, at) => ({
        text: source(`Title ${String((at * 7) % 23).padStart(2, "0")}`, article(100 + at, 2)),
        outlet: at % 3 === 0 ? null : `Outlet ${at % 3}`,
        publishedOn: at % 4 === 0 ? null : `2021-01-${String(1 + (at % 9)).padStart(2, "0")}`,
        language: at % 2 === 0 ? "en" : "de",
        event: at < 3 ? "The event" : null,
      })),
      { text: source("Original", made), outlet: "Wire" },
      { text: source("A reprint", made), outlet: "Post" },
    );
    expect(await list({ outlet: "Outlet 1" })).toHaveLength(8);
    expect(await list({ from: "2021-01-02", to: "2021-01-03" })).toHaveLength(5);
    expect(await list({ language: "de" })).toHaveLength(11);
    const [event] = valueFrom(await listEvents.as(lead.actor, { projectId }));
    expect(await list({ event: event?.eventId })).toHaveLength(3);
    expect(await list({ event: "none" })).toHaveLength(22);
    expect(await titles({ grouping: "linked" })).toEqual(["A reprint"]);
    expect(await titles({ grouping: "chosen" })).toEqual(["Original"]);
    expect(await list({ grouping: "annotated" })).toHaveLength(24);
    for (const sort of SORTS) await expectOrder(sort, 25);
    const facets = valueFrom(await listFacets.as(lead.actor, { projectId }));
    expect(facets).toEqual({
      outlets: ["Outlet 1", "Outlet 2", "Post", "Wire"],
      languages: ["de", "en"],
      documents: 25,
      isCut: false,
    });
    const ids = valueFrom(await listDocumentIds.as(lead.actor, { projectId, language: "de" }));
    expect(ids.documentIds).toHaveLength(11);
  });

  test("refuses a page of another order and more than 200 at once", async () => {
    await load(
      ...Array.from({ length: 3 }, (_, at) => ({ text: source(`T${at}`, article(at, 1)) })),
    );
    const page = valueFrom(
      await listDocuments.as(lead.actor, { projectId, sort: "title", limit: 1 }),
    );
    const other = await listDocuments.as(lead.actor, {
      projectId,
      sort: "-title",
      after: page.next,
    });
    expect(failureFrom(other).kind).toBe("invalid");
    expect(failureFrom(await listDocuments.as(lead.actor, { projectId, limit: 201 })).kind).toBe(
      "invalid",
    );
  });
});

describe("reprints", () => {
  const original = article(1);
  const edited = [...original.slice(0, 7), ...article(2, 1)];

  test("are linked to the older document as they come, within a batch and across; strangers are not", async () => {
    const ids = await load(
      { text: source("Wire copy", original), outlet: "Wire" },
      { text: source("Same words", original), outlet: "Post" },
      { text: source("A stranger", article(3)), outlet: "Post" },
    );
    const [late = ""] = await load({ text: source("Edited copy", edited), outlet: "Herald" });
    const { groups } = valueFrom(await listDuplicates.as(lead.actor, { projectId }));
    expect(groups).toHaveLength(1);
    expect(groups[0]?.chosen.documentId).toBe(ids[0]);
    expect(groups[0]?.linked.map(({ documentId }) => documentId).sort()).toEqual(
      [ids[1], late].sort(),
    );
    expect(groups[0]?.linked.every(({ likeness }) => likeness >= 0.6)).toBe(true);
  });

  test("are told before anything is stored, those of the same list too", async () => {
    await load({ text: source("Wire copy", original) });
    const prepared = [
      source("Edited copy", edited),
      source("New", article(4)),
      source("New too", article(4)),
    ].map((text) =>
      valueFrom(
        prepareDocument({ ...NO_FACTS, title: null, language: "en", event: null, source: text }),
      ),
    );
    const [first, second, third] = await previewDuplicates(projectId, prepared);
    expect(first).toMatchObject({ title: "Wire copy", index: null });
    expect(second).toBeNull();
    expect(third).toMatchObject({ title: "New", index: 1, documentId: null });
    expect(await list()).toHaveLength(1);
  });

  test("are found later among documents that have no signature yet", async () => {
    await load({ text: source("Wire copy", original) }, { text: source("Edited copy", edited) });
    await pool().query(`DELETE FROM document_signature`);
    await pool().query(`DELETE FROM document_band`);
    await pool().query(`UPDATE document SET duplicate_of_id = NULL, likeness = NULL`);
    expect(await findDuplicates({ projectId })).toEqual({ linked: 1 });
    expect(await findDuplicates({ projectId })).toEqual({ linked: 0 });
    expect(await titles({ grouping: "linked" })).toEqual(["Edited copy"]);
  });

  test("change places when another one is chosen; one set apart is not grouped again until linked by hand", async () => {
    const [first = "", second = "", third = ""] = await load(
      { text: source("First", original), outlet: "A" },
      { text: source("Second", original), outlet: "B" },
      { text: source("Third", original), outlet: "C" },
    );
    const key = { projectId, documentId: second };
    expect(valueFrom(await chooseDuplicate.as(lead.actor, key)).before).toBe(first);
    expect(await titles({ grouping: "chosen" })).toEqual(["Second"]);
    expect(failureFrom(await chooseDuplicate.as(lead.actor, key)).kind).toBe("conflict");
    const apart = { projectId, documentId: third };
    expect(valueFrom(await setApart.as(lead.actor, apart)).before).toBe(second);
    await pool().query(`DELETE FROM document_signature WHERE document_id = $1`, [third]);
    await findDuplicates({ projectId });
    expect(await titles({ grouping: "linked" })).toEqual(["First"]);
    valueFrom(await linkDuplicate.as(lead.actor, { ...apart, toId: first }));
    expect((await titles({ grouping: "linked" })).sort()).toEqual(["First", "Third"]);
  });

  test("with the words of one that the project has are a document of their own in another outlet only", async () => {
    const text = source("Same", original);
    await load({ text, outlet: "Wire" });
    const again = await load(
      { text, outlet: "Wire" },
      { text },
      { text, outlet: "Post" },
      { text, outlet: "Post" },
    );
    expect(new Set(again).size).toBe(2);
    expect(await list()).toHaveLength(2);
  });
});

test("five hundred documents are stored as one, in their order", async () => {
  const prepared = Array.from({ length: 500 }, (_, at) =>
    valueFrom(
      prepareDocument({
        ...NO_FACTS,
        title: null,
        language: "en",
        event: at % 50 === 0 ? `Event ${at}` : null,
        source: source(`Title ${at}`, article(1_000 + at, 1)),
        facts: { desk: "world" },
      }),
    ),
  );
  const stored = valueFrom(await storePrepared(projectId, prepared));
  const rows = await db().document.findMany({ where: { projectId }, orderBy: { seq: "asc" } });
  expect(rows.map(({ id }) => id)).toEqual(stored.map(({ documentId }) => documentId));
  expect(rows.map(({ title }) => title)).toEqual(prepared.map(({ named }) => named));
  expect(rows[7]?.facts).toEqual({ desk: "world" });
  expect(await db().event.count()).toBe(10);
  expect(await db().documentVersion.count()).toBe(500);
});

describe("facts of many documents", () => {
  test("are set at once and given back by what was answered", async () => {
    const [one = "", two = ""] = await load(
      { text: source("One", article(1, 1)), outlet: "A" },
      { text: source("Two", article(2, 1)), outlet: "B", event: "Old event" },
    );
    const facts = { outlet: "C", event: "New event", facts: { lean: "left" } };
    const documents = [one, two].map((documentId) => ({ documentId, facts }));
    const { before } = valueFrom(await describeDocuments.as(lead.actor, { projectId, documents }));
    expect((await list()).map(({ outlet, event }) => [outlet, event])).toEqual([
      ["C", "New event"],
      ["C", "New event"],
    ]);
    valueFrom(await describeDocuments.as(lead.actor, { projectId, documents: before }));
    expect((await list()).map(({ outlet, event }) => [outlet, event])).toEqual([
      ["B", "Old event"],
      ["A", null],
    ]);
    expect((await db().document.findFirstOrThrow({ where: { id: one } })).facts).toEqual({});
  });

  test("come from a table whose rows are matched one by one", async () => {
    const [one = ""] = await load(
      { text: source("One", article(1, 1)), url: "https://a.example/1" },
      { text: source("Twin", article(2, 1)) },
      { text: source("Twin", article(3, 1)) },
    );
    const table = "title,outlet,date\nOne,The Post,2021-02-03\nTwin,X,\nNobody,X,\nOne,Y,soon";
    const { rows } = valueFrom(await matchFactsTable.as(lead.actor, { projectId, table }));
    expect(rows.map(({ documentId, problem }) => [documentId, problem === null])).toEqual([
      [one, true],
      [null, false],
      [null, false],
      [one, false],
    ]);
    expect(rows[0]?.facts).toEqual({ outlet: "The Post", publishedOn: "2021-02-03" });
  });
});

describe("events", () => {
  const coverage = [
    {
      text: "Armenia and Azerbaijan sign truce in Karabakh\n\nRussia brokered the deal in Moscow on Monday.",
      outlet: "Post",
      publishedOn: "2021-01-01",
    },
    {
      text: "Karabakh truce hailed by Azerbaijan over Armenia\n\nA deal that Russia drafted was signed in Moscow.",
      outlet: "Herald",
      publishedOn: "2021-01-02",
    },
  ];
  const noise = Array.from({ length: 40 }, (_, at) => ({
    text: source(`Budget vote number${at} passes chamber${at % 7}`, article(500 + at, 1)),
    outlet: `Outlet ${at % 4}`,
    publishedOn: "2021-01-01",
  }));

  const compareAnew = async () => {
    await forgetComparisons(projectId);
    await proposeEvents({ projectId });
  };
  const proposals = async () =>
    valueFrom(await listEventSuggestions.as(lead.actor, { projectId }))
      .map(({ documents, words }) => ({
        ids: documents.map(({ documentId }) => documentId).sort(),
        words,
      }))
      .sort((a, b) => ((a.ids[0] ?? "") < (b.ids[0] ?? "") ? -1 : 1));

  test("grow by what is imported later, which is compared with its days and once only", async () => {
    const [first = "", second = ""] = await load(...coverage, ...noise);
    await proposeEvents({ projectId });
    expect((await proposals()).map(({ ids }) => ids)).toContainEqual([first, second].sort());
    const seen: number[] = [];
    const note = async (done: number) => void seen.push(done);
    expect(await proposeEvents({ projectId, progress: note })).toEqual({ proposed: 0 });
    expect(seen).toEqual([]);
    const [third = "", far = ""] = await load(
      {
        text: "Russia sends peacekeepers to Karabakh after truce\n\nArmenia and Azerbaijan signed in Moscow.",
        outlet: "Wire",
        publishedOn: "2021-01-03",
      },
      {
        text: "Karabakh truce signed in Moscow by Armenia and Azerbaijan\n\nThe truce was a year ago.",
        outlet: "Wire",
        publishedOn: "2022-01-03",
      },
    );
    expect(await proposeEvents({ projectId })).toEqual({ proposed: 1 });
    const all = await proposals();
    const grown = all.filter(({ ids }) => ids.includes(first));
    expect(grown.map(({ ids }) => ids)).toEqual([[first, second, third].sort()]);
    expect(grown[0]?.words).toEqual(expect.arrayContaining(["karabakh", "truce"]));
    expect(all.flatMap(({ ids }) => ids)).not.toContain(far);
  });

  test("of one import after the other are those of all at once", async () => {
    const third = {
      text: "Russia sends peacekeepers to Karabakh after truce\n\nArmenia and Azerbaijan signed in Moscow.",
      outlet: "Wire",
      publishedOn: "2021-01-03",
    };
    await load(...noise);
    for (const each of [...coverage, third]) {
      await load(each);
      await proposeEvents({ projectId });
    }
    const one = (await proposals()).map(({ ids }) => ids);
    await compareAnew();
    expect((await proposals()).map(({ ids }) => ids)).toEqual(one);
    expect(one).toHaveLength(1);
  });

  test("compare a text that was corrected meanwhile once more", async () => {
    const [first = ""] = await load(...coverage, ...noise);
    await proposeEvents({ projectId });
    await pool().query(
      `UPDATE document_signature SET words = NULL, is_compared = false WHERE document_id = $1`,
      [first],
    );
    await proposeEvents({ projectId });
    const { rows } = await pool().query(
      `SELECT words IS NOT NULL AND is_compared AS done FROM document_signature WHERE document_id = $1`,
      [first],
    );
    expect(rows).toEqual([{ done: true }]);
  });

  test("are proposed, taken or refused; what was refused does not come back", async () => {
    const ids = await load(...coverage, ...noise);
    await proposeEvents({ projectId });
    const suggestions = valueFrom(await listEventSuggestions.as(lead.actor, { projectId }));
    const found = suggestions.find(({ documents }) =>
      documents.some(({ documentId }) => documentId === ids[0]),
    );
    expect(found?.documents.map(({ documentId }) => documentId)).toEqual(ids.slice(0, 2));
    const key = { projectId, suggestionId: found?.suggestionId ?? "" };
    valueFrom(await rejectEventSuggestion.as(lead.actor, key));
    await compareAnew();
    const again = valueFrom(await listEventSuggestions.as(lead.actor, { projectId }));
    expect(
      again.flatMap(({ documents }) => documents.map(({ documentId }) => documentId)),
    ).not.toContain(ids[0]);
    await pool().query(`DELETE FROM event_suggestion`);
    await compareAnew();
    const [fresh] = valueFrom(await listEventSuggestions.as(lead.actor, { projectId })).filter(
      ({ documents }) => documents.some(({ documentId }) => documentId === ids[0]),
    );
    const accept = { projectId, suggestionId: fresh?.suggestionId ?? "", name: "The truce" };
    const { eventId } = valueFrom(await acceptEventSuggestion.as(lead.actor, accept));
    const event = valueFrom(await openEvent.as(lead.actor, { projectId, eventId }));
    expect(event.documents.map(({ outlet }) => outlet)).toEqual(["Post", "Herald"]);
    expect(event.documents[0]?.blocks[0]).toEqual({
      role: "headline",
      text: "Armenia and Azerbaijan sign truce in Karabakh",
    });
    expect(failureFrom(await acceptEventSuggestion.as(lead.actor, accept)).kind).toBe("conflict");
  });

  test("taken by mistake are open again, and what the event had before stays with it", async () => {
    const ids = await load(...coverage, ...noise);
    const [first = "", second = ""] = ids;
    const { eventId } = valueFrom(
      await createEvent.as(lead.actor, { projectId, name: "Truce", documentIds: [first] }),
    );
    const about = async () => {
      await compareAnew();
      const all = valueFrom(await listEventSuggestions.as(lead.actor, { projectId }));
      const found = all.find(({ documents }) =>
        documents.some(({ documentId }) => documentId === second),
      );
      if (found === undefined) throw new Error("Nothing was suggested.");
      return found;
    };
    const eventsOf = async () => {
      const { rows } = await pool().query<{ event_id: string | null }>(
        "SELECT event_id FROM document WHERE id = ANY($1::uuid[]) ORDER BY seq",
        [[first, second]],
      );
      return rows.map((row) => row.event_id);
    };
    const joining = await about();
    expect(joining.event).toBe("Truce");
    const key = { projectId, suggestionId: joining.suggestionId };
    valueFrom(await acceptEventSuggestion.as(lead.actor, key));
    expect(await eventsOf()).toEqual([eventId, eventId]);
    valueFrom(await reopenEventSuggestion.as(lead.actor, key));
    expect(await eventsOf()).toEqual([eventId, null]);
    const [open] = valueFrom(await listEventSuggestions.as(lead.actor, { projectId })).filter(
      ({ suggestionId }) => suggestionId === joining.suggestionId,
    );
    expect(open?.event).toBe("Truce");
    expect(failureFrom(await reopenEventSuggestion.as(lead.actor, key)).kind).toBe("conflict");

    valueFrom(
      await setDocumentEvent.as(lead.actor, { projectId, documentIds: [first], eventId: null }),
    );
    const making = await about();
    expect(making.event).toBeNull();
    const other = { projectId, suggestionId: making.suggestionId };
    const made = valueFrom(
      await acceptEventSuggestion.as(lead.actor, { ...other, name: "Karabakh" }),
    );
    expect(await eventsOf()).toEqual([made.eventId, made.eventId]);
    valueFrom(await reopenEventSuggestion.as(lead.actor, other));
    expect(await eventsOf()).toEqual([null, null]);
    const names = valueFrom(await listEvents.as(lead.actor, { projectId }));
    expect(JSON.stringify(names)).not.toContain("Karabakh");
    expect((await about()).event).toBeNull();
  });

  test("are made by hand or of a field, merged, divided, and each act can be taken back", async () => {
    const [a = "", b = "", c = ""] = await load(
      { text: source("A", article(1, 1)), section: "Peace" },
      { text: source("B", article(2, 1)), section: "Peace" },
      { text: source("C", article(3, 1)), section: "War" },
    );
    expect(valueFrom(await groupByField.as(lead.actor, { projectId, field: "section" }))).toEqual({
      events: 1,
      documents: 2,
    });
    const named = async () =>
      Object.fromEntries(
        valueFrom(await listEvents.as(lead.actor, { projectId })).map((each) => [each.name, each]),
      );
    const made = valueFrom(
      await createEvent.as(lead.actor, { projectId, name: "War", documentIds: [c, b] }),
    );
    expect((await named()).Peace?.documents).toBe(1);
    for (const { eventId, documentIds } of made.before) {
      valueFrom(await setDocumentEvent.as(lead.actor, { projectId, eventId, documentIds }));
    }
    expect((await named()).Peace?.documents).toBe(2);
    expect((await named()).War?.documents).toBe(0);
    const { Peace, War } = await named();
    const merged = valueFrom(
      await mergeEvents.as(lead.actor, {
        projectId,
        eventId: Peace?.eventId,
        intoId: War?.eventId,
      }),
    );
    expect(Object.keys(await named())).toEqual(["War"]);
    for (const { eventId, documentIds } of merged.before) {
      valueFrom(await setDocumentEvent.as(lead.actor, { projectId, eventId, documentIds }));
    }
    expect((await named()).Peace?.documents).toBe(2);
    expect(a).not.toBe("");
  });
});

describe("a closed list of names", () => {
  test("is proposed once, edited without deleting, and keeps what stored answers mean", async () => {
    const [documentId = ""] = await load({
      text: "Truce holds\n\nMinister Hulusi Akar met Zakir Hasanov in Baku. Akar left Baku on Friday, said Hasanov.",
      event: "The truce",
    });
    const of = { kind: "document", id: documentId };
    const key = { projectId, of };
    const change = (more: object) => editEntities.as(lead.actor, { ...key, change: more });
    expect(valueFrom(await proposeEntities.as(lead.actor, key)).added.length).toBeGreaterThan(2);
    expect(valueFrom(await proposeEntities.as(lead.actor, key)).added).toEqual([]);
    const names = async () => valueFrom(await listEntities.as(lead.actor, key));
    const [baku, hasanov] = ["Baku", "Zakir Hasanov"].map((name) => name);
    const find = async (name = "") => (await names()).find((each) => each.name === name);
    expect((await find(hasanov))?.aliases).toEqual(["Hasanov"]);
    const [city, person] = [await find(baku), await find(hasanov)];
    valueFrom(
      await change({
        kind: "describe",
        entityId: city?.entityId,
        name: "Baku, the capital",
        aliases: [],
      }),
    );
    valueFrom(await change({ kind: "merge", entityId: person?.entityId, intoId: city?.entityId }));
    const choices = await readChoices(projectId, documentId);
    expect(choices.find(({ key: each }) => each === "Baku")).toMatchObject({
      name: "Baku, the capital",
      isRemoved: false,
    });
    expect(choices.find(({ key: each }) => each === "Zakir Hasanov")).toMatchObject({
      name: "Baku, the capital",
      isRemoved: true,
    });
    valueFrom(await change({ kind: "restore", entityId: person?.entityId }));
    expect((await find("Zakir Hasanov"))?.isRemoved).toBe(false);
    expect(failureFrom(await change({ kind: "add", name: "zakir hasanov" })).kind).toBe("conflict");
    const ids = (await names()).map(({ entityId }) => entityId).reverse();
    valueFrom(await change({ kind: "order", entityIds: ids }));
    expect((await names()).map(({ entityId }) => entityId)).toEqual(ids);
  });

  test("of an event is chosen from in all its documents, after the document's own", async () => {
    const [documentId = ""] = await load({ text: "Truce\n\nA text.", event: "The truce" });
    const [event] = valueFrom(await listEvents.as(lead.actor, { projectId }));
    const add = (of: object, name: string) =>
      editEntities.as(lead.actor, { projectId, of, change: { kind: "add", name } });
    valueFrom(await add({ kind: "event", id: event?.eventId }, "Army"));
    valueFrom(await add({ kind: "document", id: documentId }, "Mayor"));
    expect((await readChoices(projectId, documentId)).map(({ name }) => name)).toEqual([
      "Mayor",
      "Army",
    ]);
  });
});
