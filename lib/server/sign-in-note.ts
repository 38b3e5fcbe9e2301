import "server-only";
import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { env } from "./env";

/**
 * Writes down how to sign in, in the data folder and for its owner's eyes only. `npm start` shows it.
 * In one step, so that no reader meets half of it.
 */
export async function writeSignInNote(lines: string[]): Promise<void> {
  const draft = `${noteFile()}.${process.pid}`;
  await writeFile(draft, `${lines.join("\n")}\n`, { mode: 0o600 });
  await rename(draft, noteFile());
}

/** Removes the note, whose link was used. */
export async function removeSignInNote(): Promise<void> {
  await rm(noteFile(), { force: true });
}

function noteFile(): string {
  return path.join(env().FRAMEMARK_DATA, "sign-in.txt");
}
