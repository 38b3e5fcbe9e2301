/** Most operations in one batch. */
export const MAX_BATCH = 100;

/** How much one operation may hold; lengths of text in UTF-16 code units. */
export const MOST = {
  answer: 4000,
  comment: 4000,
  /** Of one choice in an answer of several, and of the value of a unit's label. */
  choice: 200,
  choices: 50,
  entity: 200,
  ranges: 40,
  evidence: 200,
} as const;
