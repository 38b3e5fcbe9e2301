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
/** A word that stands in a report more often counts as this. */
const MOST_TIMES = 31;
/** Words are known by 22 bits of a hash: two of a large vocabulary meet now and then, and then count as one. */
const TERM_BITS = 22;

type Known = Omit<Report, "words">;
/** `terms` in ascending order, with the weight of each at the same place. */
type Vector = { report: Known; terms: Uint32Array; weights: Float64Array };
type Group = {
  members: Vector[];
  /** Members without an event. */
  own: Vector[];
  last: number | null;
  eventId: string | null;
  proposalId: string | null;
  hasNew: boolean;
};

/** The reports of some days, to be grouped: those that are new with those that they may belong to. */
export class Coverage {
  /** In how many reports each word stands. */
  private readonly spread = new Uint32Array(1 << TERM_BITS);
  private readonly reports: { report: Known; words: Uint8Array }[] = [];
  private counted = 0;

  add({ words, ...report }: Report): void {
    this.addBackground(words);
    this.reports.push({ report, words });
  }

  /** Counts the words of a report that is not to be grouped: they say what is common. */
  addBackground(words: Uint8Array): void {
    this.counted++;
    eachTerm(words, (term) => {
      this.spread[term] = (this.spread[term] ?? 0) + 1;
    });
  }

  /**
   * Groups reports by the words that are rare elsewhere (tf-idf, cosine) and by day, in one pass in the order
   * of days. A group with a new report is proposed where two outlets or more report and one document at least
   * has no event yet. Deterministic.
   */
  suggest(): Proposal[] {
    const groups = new Set<Group>();
    const byKey = new Map<string, Group>();
    const open = new OpenGroups();
    for (const vector of this.weigh().sort(byDay)) {
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
      .flatMap(toProposal)
      .sort((a, b) => b.score - a.score || (ids(a) < ids(b) ? -1 : 1));
  }

  /** Unit vectors of the most telling words. A word that only one report has tells nothing of others. */
  private weigh(): Vector[] {
    const all = this.counted;
    const most = Math.max(20, all * 0.05);
    const best = new TopTerms();
    return this.reports.map(({ report, words }) => {
      best.clear();
      eachTerm(words, (term, times) => {
        const count = this.spread[term] ?? 0;
        if (count < 2 || count > most) return;
        best.offer(term, (1 + Math.log(times)) * Math.log(1 + all / count));
      });
      return { report, ...best.toUnit() };
    });
  }
}

/** The most telling words of one report at a time; of two that tell as much, the one of the smaller number. */
class TopTerms {
  private readonly terms = new Uint32Array(TERMS);
  private readonly weights = new Float64Array(TERMS);
  private size = 0;

  clear(): void {
    this.size = 0;
  }

  offer(term: number, weight: number): void {
    let at = this.size;
    for (; at > 0; at--) {
      const other = this.weights[at - 1] ?? 0;
      if (weight < other || (weight === other && term > (this.terms[at - 1] ?? 0))) break;
    }
    if (at >= TERMS) return;
    this.size = Math.min(TERMS, this.size + 1);
    this.terms.copyWithin(at + 1, at, this.size - 1);
    this.weights.copyWithin(at + 1, at, this.size - 1);
    this.terms[at] = term;
    this.weights[at] = weight;
  }

  toUnit(): { terms: Uint32Array; weights: Float64Array } {
    const order = Array.from({ length: this.size }, (_, at) => at);
    order.sort((a, b) => (this.terms[a] ?? 0) - (this.terms[b] ?? 0));
    const weights = Float64Array.from(order, (at) => this.weights[at] ?? 0);
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
    return {
      terms: Uint32Array.from(order, (at) => this.terms[at] ?? 0),
      weights: weights.map((weight) => weight / length),
    };
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

  note(group: Group, { terms }: Vector): void {
    for (const term of terms) {
      const known = this.byTerm.get(term);
      if (known === undefined) this.byTerm.set(term, new Set([group]));
      else known.add(group);
    }
  }

  /** The group that a report fits best, among those that share two words and are not over. */
  closest(vector: Vector): Group | null {
    const candidates = new Map<Group, number>();
    for (const term of vector.terms) {
      for (const group of this.byTerm.get(term) ?? []) {
        candidates.set(group, (candidates.get(group) ?? 0) + 1);
      }
    }
    let best: Group | null = null;
    let most = LIKE;
    for (const [group, shared] of candidates) {
      const isFull = group.eventId === null && group.members.length >= MOST_MEMBERS;
      if (shared < 2 || isFull || isOver(group, vector.report.day)) continue;
      const likeness = likenessTo(group, vector);
      if (likeness >= most) [best, most] = [group, likeness];
    }
    return best;
  }
}

function likenessTo(group: Group, vector: Vector): number {
  const each = group.members.map((member) => cosine(vector, member));
  return mean(group.eventId === null ? each : each.sort((a, b) => b - a).slice(0, NEAREST));
}

function isOver({ last }: Group, day: number | null): boolean {
  return day === null ? last !== null : last === null || day - last > WINDOW;
}

function cosine(a: Vector, b: Vector): number {
  let sum = 0;
  for (let x = 0, y = 0; x < a.terms.length && y < b.terms.length; ) {
    const [left, right] = [a.terms[x] ?? 0, b.terms[y] ?? 0];
    if (left === right) sum += (a.weights[x++] ?? 0) * (b.weights[y++] ?? 0);
    else if (left < right) x++;
    else y++;
  }
  return sum;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function toProposal({ members, own, eventId, proposalId, hasNew }: Group): Proposal[] {
  if (!hasNew || own.length === 0) return [];
  const all = [...new Set([...members, ...own])];
  const outlets = new Set(all.map(({ report }) => report.outlet ?? report.id));
  if (all.length < 2 || outlets.size < 2) return [];
  const known = members.filter(({ report }) => report.eventId !== null).slice(0, 1);
  const shown = [...known, ...own];
  if (shown.length < 2) return [];
  const pairs = all.flatMap((a, at) => all.slice(at + 1).map((b) => cosine(a, b)));
  return [
    {
      ids: shown.map(({ report }) => report.id),
      terms: mostOf(all.flatMap(({ terms }) => [...terms])),
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

function eachTerm(words: Uint8Array, visit: (term: number, times: number) => void): void {
  for (let at = 0; at + 3 < words.length; at += 4) {
    const packed =
      (words[at] ?? 0) |
      ((words[at + 1] ?? 0) << 8) |
      ((words[at + 2] ?? 0) << 16) |
      ((words[at + 3] ?? 0) << 24);
    visit(packed >>> 5, packed & MOST_TIMES);
  }
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
