/** Several ranges per unit: those of unit u are `offsets[u]` up to `offsets[u + 1]`. */
export type UnitParts = {
  readonly offsets: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
};

/**
 * The units of one document in columns, those of submitter s from `offsets[s]` up to `offsets[s + 1]`, sorted by label,
 * start and end, each one once. `start` and `end` are the hull; `parts` is null when every unit is one range.
 */
export type UnitList = {
  readonly offsets: Int32Array;
  readonly label: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly parts: UnitParts | null;
};
