/** Sets of elements with a gain each, from which sets without common elements are to be chosen. */
export type PackingTask = {
  readonly elements: number;
  /** Elements of set s: `members[offsets[s]]` up to `members[offsets[s + 1]]`, ascending. */
  readonly offsets: Int32Array;
  readonly members: Int32Array;
  /** Above 0. */
  readonly gain: Float64Array;
};
