/** What another program's label configuration becomes here; `notes` say what has no counterpart. */
export type Converted = { content: unknown; notes: string[] };
