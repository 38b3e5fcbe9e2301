/** Something that the person at the terminal can put right; its message is all they need to see. */
export class CommandError extends Error {}

/** What an error says, for people. */
export function messageOf(error: unknown): string {
  // Both addresses of localhost were tried: the reasons are in a list.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
