import { groupedBy } from "./grouped";
import { hashText } from "./words";

/** What an article says of its event. */
export type Report = {
  id: string;
  outlet: string | null;
  /** Days since 1970. */
  day: number | null;
  /** Words of title and opening, packed by `packTerms`. */
  words: Uint8Array;
  /** The event that it belongs to already. */
  eventId: string | null;
  /** The open proposal that it is in, where it was compared before. */
  proposalId: string | null;
  /** One that was not compared before looks for a group; the others are there to be found. */
  isNew: boolean;
};

/**
 * Reports that seem to be on one event. `score` is their mean likeness, from 0 to 1; `terms` are numbers of
 * the words that they share, the most common first; `proposalId` is the open proposal that this one goes on from.
 */
export type Proposal = {
  ids: string[];
  terms: number[];
  score: number;
  eventId: string | null;
  proposalId: string | null;
};

/** Characters of an opening that are compared, in code points. */
export const OPENING = 900;
/** Days between reports of one event. */
export const WINDOW = 3;
/** Cosine of the weighted words from which two reports are taken to be on one event. */
const LIKE = 0.32;
/** Most telling words of a report that are compared. */
const TERMS = 16;
const MOST_MEMBERS = 40;
/** Of an event that exists, how many of its reports one has to be like: it may go on for weeks. */
const NEAREST = 3;
/** Words are known by 21 bits of a hash: two of a large vocabulary meet now and then, and then count as one. */
const TERM_BITS = 21;
/** A word in more reports than this is common in any project. */
const MOST_COUNTED = 0xffff;
/** How often a word stands in a report takes the lowest bits of its number. */
const TIMES_BITS = 5;
const MOST_TIMES = (1 << TIMES_BITS) - 1;
const TIMES_WEIGHTS = Float64Array.from({ length: MOST_TIMES + 1 }, (_, times) =>
  times === 0 ? 0 : 1 + Math.log(times),
);

type Known = Omit<Report, "words">;
/** A report with the place of its most telling words in the tables. */
type Vector = { report: Known; at: number };
type Group = {
  members: Vector[];
  /** Members without an event. */
  own: Vector[];
  last: number | null;
  eventId: string | null;
  proposalId: string | null;
  hasNew: boolean;
};

/**
 * The reports of some days, to be grouped: those that are new with those that they may belong to. Words and
 * weights of all lie in a few tables of numbers: a hundred thousand reports take some tens of megabytes.
 */
export class Coverage {
  /** In how many reports each word stands. */
  private readonly spread = new Uint16Array(1 << TERM_BITS);
  private readonly reports: Known[] = [];
  private readonly words = new NumberList();
  /** Where the words of each report end. */
  private readonly ends: number[] = [];
  private counted = 0;

  add({ words, ...report }: Report): void {
    this.reports.push(report);
    this.words.addBytes(words);
    this.ends.push(this.words.length);
    this.addBackground(words);
  }

  /** Counts the words of a report that is not to be grouped: they say what is common. */
  addBackground(words: Uint8Array): void {
    const { spread } = this;
    this.counted++;
    for (let at = 0; at + 3 < words.length; at += 4) {
      const term = packedAt(words, at) >>> TIMES_BITS;
      const count = spread[term] ?? 0;
      if (count < MOST_COUNTED) spread[term] = count + 1;
    }
  }

  /**
   * Groups reports by the words that are rare elsewhere (tf-idf, cosine) and by day, in one pass in the order
   * of days. A group with a new report is proposed where two outlets or more report and one document at least
   * has no event yet. Deterministic.
   */
  suggest(): Proposal[] {
    const groups = new Set<Group>();
    const byKey = new Map<string, Group>();
    const tables = this.weigh();
    const open = new OpenGroups(tables);
    const vectors = this.reports.map((report, at) => ({ report, at }));
    for (const vector of vectors.sort(byDay)) {
      const { report } = vector;
      open.advanceTo(report.day);
      const key = report.eventId ?? report.proposalId;
      const known = key === null ? null : (byKey.get(key) ?? null);
      const found = key === null && report.isNew ? open.closest(vector) : known;
      const group = found ?? newGroup(report);
      if (found === null && key !== null) byKey.set(key, group);
      groups.add(group);
      join(group, vector);
      open.note(group, vector);
    }
    return [...groups]
      .flatMap((group) => toProposal(group, tables))
      .sort((a, b) => b.score - a.score || (ids(a) < ids(b) ? -1 : 1));
  }

  /** Unit vectors of the most telling words. A word that only one report has tells nothing of others. */
  private weigh(): TermTables {
    const all = this.counted;
    const most = Math.min(MOST_COUNTED - 1, Math.max(20, all * 0.05));
    const tables = new TermTables(this.reports.length);
    const rarity = Float64Array.from({ length: Math.floor(most) + 1 }, (_, count) =>
      count < 2 ? 0 : Math.log(1 + all / count),
    );
    const { spread } = this;
    const words = this.words.all();
    let at = 0;
    this.ends.forEach((end, report) => {
      for (; at < end; at++) {
        const packed = words[at] ?? 0;
        const rare = rarity[spread[packed >>> TIMES_BITS] ?? 0] ?? 0;
        if (rare === 0) continue;
        const weight = (TIMES_WEIGHTS[packed & MOST_TIMES] ?? 0) * rare;
        tables.offer(report, packed >>> TIMES_BITS, weight);
      }
      tables.finish(report);
    });
    return tables;
  }
}

/** Numbers in a list that grows without an object for each. */
class NumberList {
  length = 0;
  private numbers = new Uint32Array(1 << 12);

  addBytes(bytes: Uint8Array): void {
    const wanted = this.length + (bytes.length >>> 2);
    if (wanted > this.numbers.length) {
      const larger = new Uint32Array(Math.max(wanted, this.numbers.length * 1.5));
      larger.set(this.numbers);
      this.numbers = larger;
    }
    for (let at = 0; at + 3 < bytes.length; at += 4) {
      this.numbers[this.length++] = packedAt(bytes, at);
    }
  }

  all(): Uint32Array {
    return this.numbers.subarray(0, this.length);
  }
}

/**
 * The most telling words of each report with their weights. While a report is weighed its words are in the
 * order of their weights, of two that tell as much the one of the smaller number first; then in that of numbers.
 */
class TermTables {
  private readonly terms: Uint32Array;
  private readonly weights: Float64Array;
  private readonly sizes: Uint8Array;

  constructor(reports: number) {
    this.terms = new Uint32Array(reports * TERMS);
    this.weights = new Float64Array(reports * TERMS);
    this.sizes = new Uint8Array(reports);
  }

  offer(report: number, term: number, weight: number): void {
    const { terms, weights } = this;
    const first = report * TERMS;
    const size = this.sizes[report] ?? 0;
    let at = first + size;
    for (; at > first; at--) {
      const other = weights[at - 1] ?? 0;
      if (weight < other || (weight === other && term > (terms[at - 1] ?? 0))) break;
    }
    if (at >= first + TERMS) return;
    this.put(at, first + Math.min(size, TERMS - 1), { term, weight });
    this.sizes[report] = Math.min(TERMS, size + 1);
  }

  /** Puts the words in the order of their numbers and the weights to unit length. */
  finish(report: number): void {
    const { terms, weights } = this;
    const [first, end] = this.boundsOf(report);
    let squares = 0;
    for (let at = first; at < end; at++) squares += (weights[at] ?? 0) ** 2;
    const length = Math.sqrt(squares);
    for (let from = first; from < end; from++) {
      const [term, weight] = [terms[from] ?? 0, (weights[from] ?? 0) / length];
      let at = from;
      while (at > first && (terms[at - 1] ?? 0) > term) at--;
      this.put(at, from, { term, weight });
    }
  }

  termsOf(report: number): Uint32Array {
    return this.terms.subarray(...this.boundsOf(report));
  }

  cosine(a: number, b: number): number {
    const { terms, weights } = this;
    let [x, xEnd] = this.boundsOf(a);
    let [y, yEnd] = this.boundsOf(b);
    let sum = 0;
    while (x < xEnd && y < yEnd) {
      const [left, right] = [terms[x] ?? 0, terms[y] ?? 0];
      if (left === right) sum += (weights[x++] ?? 0) * (weights[y++] ?? 0);
      else if (left < right) x++;
      else y++;
    }
    return sum;
  }

  /** Moves what stands from `at` up to `last` by one, over what stood at `last`. */
  private put(at: number, last: number, { term, weight }: { term: number; weight: number }): void {
    for (let to = last; to > at; to--) {
      this.terms[to] = this.terms[to - 1] ?? 0;
      this.weights[to] = this.weights[to - 1] ?? 0;
    }
    this.terms[at] = term;
    this.weights[at] = weight;
  }

  private boundsOf(report: number): [number, number] {
    const first = report * TERMS;
    return [first, first + (this.sizes[report] ?? 0)];
  }
}

const ids = (proposal: Proposal) => proposal.ids.join();

function newGroup({ eventId, proposalId }: Known): Group {
  return {
    members: [],
    own: [],
    last: null,
    eventId,
    proposalId: eventId === null ? proposalId : null,
    hasNew: false,
  };
}

function join(group: Group, vector: Vector): void {
  const { report } = vector;
  group.members.push(vector);
  if (report.eventId === null) group.own.push(vector);
  group.hasNew ||= report.isNew && report.eventId === null;
  group.last = report.day;
  // An event that goes on for long is known by its latest reports.
  if (group.eventId !== null && group.members.length > MOST_MEMBERS) group.members.shift();
}

function byDay(a: Vector, b: Vector): number {
  const [x, y] = [a.report.day ?? Number.MAX_SAFE_INTEGER, b.report.day ?? Number.MAX_SAFE_INTEGER];
  return x - y || (a.report.id < b.report.id ? -1 : 1);
}

/** Groups that may still grow, by the words of their members. */
class OpenGroups {
  constructor(private readonly tables: TermTables) {}

  private byTerm = new Map<number, Set<Group>>();
  private swept: number | null = null;

  /** Forgets groups that are over: days only go up, and reports without a day come last. */
  advanceTo(day: number | null): void {
    if (this.swept !== null && day !== null && day - this.swept <= WINDOW) return;
    if (day === null && this.swept === null) return;
    this.swept = day;
    for (const [term, groups] of this.byTerm) {
      for (const group of groups) if (isOver(group, day)) groups.delete(group);
      if (groups.size === 0) this.byTerm.delete(term);
    }
  }

  note(group: Group, { at }: Vector): void {
    for (const term of this.tables.termsOf(at)) {
      const known = this.byTerm.get(term);
      if (known === undefined) this.byTerm.set(term, new Set([group]));
      else known.add(group);
    }
  }

  /** The group that a report fits best, among those that share two words and are not over. */
  closest(vector: Vector): Group | null {
    const candidates = new Map<Group, number>();
    for (const term of this.tables.termsOf(vector.at)) {
      for (const group of this.byTerm.get(term) ?? []) {
        candidates.set(group, (candidates.get(group) ?? 0) + 1);
      }
    }
    let best: Group | null = null;
    let most = LIKE;
    for (const [group, shared] of candidates) {
      const isFull = group.eventId === null && group.members.length >= MOST_MEMBERS;
      if (shared < 2 || isFull || isOver(group, vector.report.day)) continue;
      const likeness = likenessTo(group, vector, this.tables);
      if (likeness >= most) [best, most] = [group, likeness];
    }
    return best;
  }
}

function likenessTo(group: Group, vector: Vector, tables: TermTables): number {
  const each = group.members.map((member) => tables.cosine(vector.at, member.at));
  return mean(group.eventId === null ? each : each.sort((a, b) => b - a).slice(0, NEAREST));
}

function isOver({ last }: Group, day: number | null): boolean {
  return day === null ? last !== null : last === null || day - last > WINDOW;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function toProposal(
  { members, own, eventId, proposalId, hasNew }: Group,
  tables: TermTables,
): Proposal[] {
  if (!hasNew || own.length === 0) return [];
  const all = [...new Set([...members, ...own])];
  const outlets = new Set(all.map(({ report }) => report.outlet ?? report.id));
  if (all.length < 2 || outlets.size < 2) return [];
  const known = members.filter(({ report }) => report.eventId !== null).slice(0, 1);
  const shown = [...known, ...own];
  if (shown.length < 2) return [];
  const pairs = all.flatMap((a, at) => all.slice(at + 1).map((b) => tables.cosine(a.at, b.at)));
  return [
    {
      ids: shown.map(({ report }) => report.id),
      terms: mostOf(all.flatMap(({ at }) => [...tables.termsOf(at)])),
      score: Math.min(1, mean(pairs)),
      eventId,
      proposalId,
    },
  ];
}

/** Numbers by how often they come, each once. */
function mostOf(values: readonly number[]): number[] {
  return [...groupedBy(values, (value) => value)]
    .sort(([a, x], [b, y]) => y.length - x.length || a - b)
    .map(([value]) => value);
}

/** The number by which a word is known here. */
export function termOf(word: string): number {
  return hashText(word) >>> (32 - TERM_BITS);
}

/** Words with how often they stand in a report, four bytes each, so that they can be kept. */
export function packTerms(words: ReadonlyMap<string, number>): Uint8Array {
  const times = new Map<number, number>();
  for (const [word, count] of words) {
    const term = termOf(word);
    times.set(term, Math.min(MOST_TIMES, (times.get(term) ?? 0) + count));
  }
  const view = new DataView(new ArrayBuffer(times.size * 4));
  const packed = [...times].map(([term, count]) => term * (MOST_TIMES + 1) + count);
  for (const [at, each] of packed.sort((a, b) => a - b).entries())
    view.setUint32(at * 4, each, true);
  return new Uint8Array(view.buffer);
}

function packedAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

const ENDING = /['’]s?$/u;

function isCapital(word: string): boolean {
  const first = word.charCodeAt(0);
  return first < 128 ? first >= 65 && first <= 90 : /^\p{Lu}/u.test(word);
}

const WORD = /\p{L}[\p{L}\p{M}\p{N}’'-]*/gu;

/** The words of a report by which its event is known: those of the title count double, and so do names. */
export function reportTerms(title: string, opening: string): Map<string, number> {
  const terms = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const [word] of text.matchAll(WORD)) {
      const bare = ENDING.test(word) ? word.replace(ENDING, "") : word;
      if (bare.length < 3) continue;
      const isName = isCapital(bare);
      const term = bare.toLowerCase();
      terms.set(term, (terms.get(term) ?? 0) + weight * (isName ? 2 : 1));
    }
  };
  add(title, 2);
  add(opening, 1);
  return terms;
}
