import { intAt } from "./columns";
import type { UnitList } from "./unit-list";

/**
 * Every unit as one row per token that it overlaps by a character; start and end are the token's number and the next.
 * Two units of one submitter and label on one token give two rows, so that comparing rows is a multiset intersection.
 */
export function tokenUnits(units: UnitList, tokens: Int32Array | null): UnitList {
  const label: number[] = [];
  const start: number[] = [];
  const offsets = new Int32Array(units.offsets.length);
  for (let submitter = 0; submitter + 1 < units.offsets.length; submitter++) {
    const rows: { label: number; token: number }[] = [];
    for (
      let unit = intAt(units.offsets, submitter);
      unit < intAt(units.offsets, submitter + 1);
      unit++
    ) {
      for (const token of tokensOfUnit(units, unit, tokens ?? new Int32Array(0))) {
        rows.push({ label: intAt(units.label, unit), token });
      }
    }
    rows.sort((a, b) => a.label - b.label || a.token - b.token);
    for (const row of rows) {
      label.push(row.label);
      start.push(row.token);
    }
    offsets[submitter + 1] = label.length;
  }
  return {
    offsets,
    label: Int32Array.from(label),
    start: Int32Array.from(start),
    end: Int32Array.from(start, (token) => token + 1),
    parts: null,
  };
}

function tokensOfUnit(units: UnitList, unit: number, tokens: Int32Array): Set<number> {
  const found = new Set<number>();
  const { parts } = units;
  if (parts === null) {
    addTokens(found, tokens, intAt(units.start, unit), intAt(units.end, unit));
    return found;
  }
  for (let row = intAt(parts.offsets, unit); row < intAt(parts.offsets, unit + 1); row++) {
    addTokens(found, tokens, intAt(parts.start, row), intAt(parts.end, row));
  }
  return found;
}

function addTokens(found: Set<number>, tokens: Int32Array, start: number, end: number): void {
  let low = 0;
  let high = tokens.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intAt(tokens, 2 * middle + 1) > start) high = middle;
    else low = middle + 1;
  }
  for (let token = low; 2 * token < tokens.length && intAt(tokens, 2 * token) < end; token++)
    found.add(token);
}
