import type { Random } from "../agreement/random";
import type { PlanDocument, PlanInput, Shortfall } from "./planned";
import type { Balance, PlanSettings } from "./round-settings";

/** What a document shared before counts against sharing another: two who always meet say little of the rest. */
const PAIR_WEIGHT = 0.5;

/** What annotators have so far; arrays hold one number an annotator. */
type Loads = {
  documents: Int32Array;
  words: Float64Array;
  /** Documents by annotator and stratum, [annotator * strata + stratum]. */
  strata: Int32Array;
  /** Documents that two annotators share, [one * annotators + other]. */
  together: Int32Array;
  events: Set<string>[];
  lists: PlanDocument[][];
};

/** Documents that go to the same annotators, mostly one. */
type Unit = {
  documents: PlanDocument[];
  words: number;
  eventId: string | null;
  strata: number[];
  wanted: number;
};

/**
 * Gives documents to annotators, one after the other: each to those with the least in all and of its
 * outlet, event and length. Answers each annotator's list and the documents that got too few.
 */
export function distribute(
  documents: readonly PlanDocument[],
  wantedBy: (documentId: string) => number,
  { settings, annotators, fixed = [] }: Omit<PlanInput, "documents">,
  random: Random,
): { lists: PlanDocument[][]; shortfalls: Shortfall[] } {
  const strata = numberStrata(documents, settings.balance);
  const loads = startLoads(documents, annotators, strata.count);
  const groups = settings.groups.map(({ name, perDocument }) => ({
    isMember: annotators.map((each) => each.groups.includes(name)),
    perDocument,
  }));
  const meanWords = documents.reduce((sum, { words }) => sum + words, 0) / documents.length || 1;
  const scale = settings.balance.includes("length") ? meanWords : 0;
  const give = (at: number, document: PlanDocument) => {
    addTo(loads, at, document, strata.of(document.documentId), strata.count);
  };
  const holders = holdersBefore(annotators, documents, fixed, give);
  const heldBy = (documentId: string) => holders.get(documentId) ?? [];
  const need = groupNeed(settings);
  const scores = new Float64Array(annotators.length);
  const shortfalls: Shortfall[] = [];
  const draw = { scale, strata: strata.count, random };
  for (const unit of unitsOf(documents, settings, strata.of, wantedBy)) {
    const obstacle = scoreAll(scores, unit, loads, settings, draw);
    const chosen = [...new Set(unit.documents.flatMap((each) => heldBy(each.documentId)))];
    const lacksGroup = choose(unit, chosen, scores, groups, loads.together);
    for (const document of unit.documents) {
      // Of documents kept together one may want fewer: it goes to the first of the chosen.
      const wanted = Math.max(wantedBy(document.documentId), need);
      const goes = chosen.slice(0, wanted);
      const has = heldBy(document.documentId);
      for (const at of goes.filter((each) => !has.includes(each))) give(at, document);
      notePairs(loads.together, goes, annotators.length);
      const reason = lacksGroup ? "too_few_in_group" : reasonFor(goes.length, wanted, obstacle);
      if (reason !== null) {
        shortfalls.push({ documentId: document.documentId, wanted, found: goes.length, reason });
      }
    }
  }
  return { lists: loads.lists, shortfalls };
}

/** Adds annotators until groups and document have enough, or nobody is left; whether a group lacks some. */
function choose(
  unit: Unit,
  chosen: number[],
  scores: Float64Array,
  groups: { isMember: boolean[]; perDocument: number }[],
  together: Int32Array,
): boolean {
  for (const at of [...chosen]) setAside(at, scores, together);
  const lacks = groups
    .map(({ isMember, perDocument }) =>
      takeFromGroup({ scores, chosen, together }, isMember, perDocument),
    )
    .includes(false);
  while (chosen.length < unit.wanted && takeLeast({ scores, chosen, together }, null)) {}
  return lacks;
}

/** Why a document gets fewer than it wants; null where it does not. */
function reasonFor(found: number, wanted: number, obstacle: Obstacle | null) {
  return found >= wanted ? null : (obstacle ?? ("too_few_annotators" as const));
}

/** Chooses until so many of the group are among the chosen; false where there are too few. */
function takeFromGroup(choice: Choice, isMember: boolean[], perDocument: number): boolean {
  let missing = perDocument - choice.chosen.filter((at) => isMember[at]).length;
  while (missing > 0 && takeLeast(choice, isMember)) missing -= 1;
  return missing <= 0;
}

/** Takes the annotator with the lowest score, of those allowed; false where there is none. */
function takeLeast({ scores, chosen, together }: Choice, allowed: boolean[] | null): boolean {
  let least = -1;
  for (let at = 0; at < scores.length; at += 1) {
    const score = scores[at] ?? Number.POSITIVE_INFINITY;
    if (score === Number.POSITIVE_INFINITY || (allowed !== null && !allowed[at])) continue;
    if (least < 0 || score < (scores[least] ?? 0)) least = at;
  }
  if (least < 0) return false;
  chosen.push(least);
  setAside(least, scores, together);
  return true;
}

/** The choice for one unit while it is made. */
type Choice = { scores: Float64Array; chosen: number[]; together: Int32Array };

/** Takes the chosen out, and holds back those who have shared most documents with them. */
function setAside(at: number, scores: Float64Array, together: Int32Array): void {
  const count = scores.length;
  for (let other = 0; other < count; other += 1) {
    scores[other] = (scores[other] ?? 0) + PAIR_WEIGHT * (together[at * count + other] ?? 0);
  }
  scores[at] = Number.POSITIVE_INFINITY;
}

function notePairs(together: Int32Array, chosen: readonly number[], count: number): void {
  for (const one of chosen) {
    for (const other of chosen) {
      const place = one * count + other;
      together[place] = (together[place] ?? 0) + 1;
    }
  }
}

/** Scores every annotator for a unit, infinite where it may not go; answers what stood in the way. */
function scoreAll(
  scores: Float64Array,
  unit: Unit,
  loads: Loads,
  settings: PlanSettings,
  draw: { scale: number; strata: number; random: Random },
): Obstacle | null {
  let first: Obstacle | null = null;
  for (let at = 0; at < scores.length; at += 1) {
    const obstacle = obstacleOf(at, unit, loads, settings);
    first ??= obstacle;
    // Whole numbers are tied often; the draw decides, and is too small to turn an order round.
    scores[at] =
      obstacle === null
        ? loadOf(at, unit, loads, draw) + draw.random() * 1e-6
        : Number.POSITIVE_INFINITY;
  }
  return first;
}

type Obstacle = "limits" | "event_apart";

function obstacleOf(
  at: number,
  unit: Unit,
  loads: Loads,
  { mostDocuments, mostWords, events }: PlanSettings,
): Obstacle | null {
  const documents = (loads.documents[at] ?? 0) + unit.documents.length;
  if (mostDocuments !== null && documents > mostDocuments) return "limits";
  if (mostWords !== null && (loads.words[at] ?? 0) + unit.words > mostWords) return "limits";
  const isApart = events === "apart" && unit.eventId !== null;
  return isApart && loads.events[at]?.has(unit.eventId ?? "") ? "event_apart" : null;
}

function loadOf(
  at: number,
  unit: Unit,
  loads: Loads,
  { scale, strata }: { scale: number; strata: number },
): number {
  let load = scale > 0 ? (loads.words[at] ?? 0) / scale : (loads.documents[at] ?? 0);
  for (const stratum of unit.strata) load += loads.strata[at * strata + stratum] ?? 0;
  return load;
}

function startLoads(
  documents: readonly PlanDocument[],
  annotators: PlanInput["annotators"],
  strata: number,
): Loads {
  const events = new Map(documents.map(({ documentId, eventId }) => [documentId, eventId]));
  return {
    documents: new Int32Array(annotators.length),
    words: new Float64Array(annotators.length),
    strata: new Int32Array(annotators.length * strata),
    together: new Int32Array(annotators.length ** 2),
    events: annotators.map(({ has = [] }) => new Set(has.flatMap((id) => events.get(id) ?? []))),
    lists: annotators.map(() => []),
  };
}

function addTo(
  loads: Loads,
  at: number,
  document: PlanDocument,
  strata: readonly number[],
  count: number,
): void {
  loads.documents[at] = (loads.documents[at] ?? 0) + 1;
  loads.words[at] = (loads.words[at] ?? 0) + document.words;
  for (const stratum of strata) {
    const place = at * count + stratum;
    loads.strata[place] = (loads.strata[place] ?? 0) + 1;
  }
  if (document.eventId !== null) loads.events[at]?.add(document.eventId);
  loads.lists[at]?.push(document);
}

/** Who has which document before the plan: from earlier, or because the lead fixed it, which counts as given now. */
function holdersBefore(
  annotators: PlanInput["annotators"],
  documents: readonly PlanDocument[],
  fixed: NonNullable<PlanInput["fixed"]>,
  give: (at: number, document: PlanDocument) => void,
): Map<string, number[]> {
  const holders = new Map<string, number[]>();
  const hold = (documentId: string, at: number): boolean => {
    const known = holders.get(documentId) ?? [];
    if (known.includes(at)) return false;
    holders.set(documentId, [...known, at]);
    return true;
  };
  annotators.forEach(({ has = [] }, at) => {
    for (const documentId of has) hold(documentId, at);
  });
  const byId = new Map(documents.map((each) => [each.documentId, each]));
  const places = new Map(annotators.map(({ userId }, at) => [userId, at]));
  for (const { documentId, userId } of fixed) {
    const document = byId.get(documentId);
    const at = places.get(userId);
    if (document !== undefined && at !== undefined && hold(documentId, at)) give(at, document);
  }
  return holders;
}

function groupNeed({ groups }: PlanSettings): number {
  return groups.reduce((sum, group) => sum + group.perDocument, 0);
}

function unitsOf(
  documents: readonly PlanDocument[],
  { events }: PlanSettings,
  strataOf: (documentId: string) => readonly number[],
  wantedBy: (documentId: string) => number,
): Unit[] {
  const grouped = new Map<string, PlanDocument[]>();
  for (const document of documents) {
    const { documentId, eventId } = document;
    const key = events === "together" && eventId !== null ? eventId : `document ${documentId}`;
    const known = grouped.get(key);
    if (known === undefined) grouped.set(key, [document]);
    else known.push(document);
  }
  return [...grouped.values()].map((together) => ({
    documents: together,
    words: together.reduce((sum, { words }) => sum + words, 0),
    eventId: together[0]?.eventId ?? null,
    strata: together.flatMap(({ documentId }) => [...strataOf(documentId)]),
    wanted: Math.max(...together.map(({ documentId }) => wantedBy(documentId))),
  }));
}

/** Numbers the outlets, events and thirds of length; `of` answers those of a document. */
function numberStrata(documents: readonly PlanDocument[], balance: readonly Balance[]) {
  const numbers = new Map<string, number>();
  const lengths = documents.map(({ words }) => words).sort((a, b) => a - b);
  const third = lengths[Math.floor(lengths.length / 3)] ?? 0;
  const twoThirds = lengths[Math.floor((lengths.length * 2) / 3)] ?? 0;
  const nameOf = (document: PlanDocument, by: Balance): string | null => {
    if (by === "outlet") return document.outlet;
    if (by === "event") return document.eventId;
    return document.words < third ? "short" : document.words < twoThirds ? "middle" : "long";
  };
  const numberOf = (by: Balance, name: string): number => {
    const key = `${by} ${name}`;
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
  const byDocument = new Map(
    documents.map((document) => [
      document.documentId,
      balance.flatMap((by) => {
        const name = nameOf(document, by);
        return name === null ? [] : [numberOf(by, name)];
      }),
    ]),
  );
  const none: readonly number[] = [];
  return {
    count: numbers.size,
    of: (documentId: string): readonly number[] => byDocument.get(documentId) ?? none,
  };
}
