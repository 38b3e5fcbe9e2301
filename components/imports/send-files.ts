import { createImport, readImport } from "@/lib/actions/imports";
import type { Failure, Result } from "@/lib/domain/result";

/** A file with its path in the folder it came in. */
export type ChosenFile = { name: string; file: Blob };

export type Sending = { sent: number; files: number };

const UNREACHED: Failure = {
  kind: "busy",
  message: "This did not reach the server. Try again.",
};

/**
 * Sends files into a new import, one after the other, and has them read. Answers the import's id, or the
 * first refusal; the import then stays open and nothing is stored.
 */
export async function sendFiles(
  projectId: string,
  files: readonly ChosenFile[],
  onSent: (sending: Sending) => void,
): Promise<Result<string>> {
  const made = await reached(createImport({ projectId }));
  if (!made.ok) return made;
  const { importId } = made.value;
  for (const [sent, { name, file }] of files.entries()) {
    onSent({ sent, files: files.length });
    const kept = await sendFile(projectId, importId, name, file);
    if (!kept.ok) return kept;
  }
  onSent({ sent: files.length, files: files.length });
  const read = await reached(readImport({ projectId, importId }));
  return read.ok ? { ok: true, value: importId } : read;
}

/** The answer, or a refusal that says that none came. */
export function reached<T>(asking: Promise<Result<T>>): Promise<Result<T>> {
  return asking.catch((): Result<T> => ({ ok: false, failure: UNREACHED }));
}

async function sendFile(
  projectId: string,
  importId: string,
  name: string,
  file: Blob,
): Promise<Result<null>> {
  const query = new URLSearchParams({ name });
  try {
    const answer = await fetch(`/api/v1/projects/${projectId}/imports/${importId}/files?${query}`, {
      method: "POST",
      body: file,
      headers: { "content-type": "application/octet-stream" },
    });
    if (answer.ok) return { ok: true, value: null };
    const { title } = (await answer.json()) as { title?: string };
    return { ok: false, failure: { kind: "invalid", message: title ?? UNREACHED.message } };
  } catch {
    return { ok: false, failure: UNREACHED };
  }
}

/** The files of what was dropped, folders opened. */
export async function filesOf(transfer: DataTransfer): Promise<ChosenFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return [...transfer.files].map((file) => ({ name: file.name, file }));
  const found: ChosenFile[] = [];
  for (const entry of entries) await collect(entry, "", found);
  return found;
}

async function collect(entry: FileSystemEntry, path: string, found: ChosenFile[]): Promise<void> {
  const name = path + entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    found.push({ name, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives a part of a folder at a time, and an empty list at its end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const each of some) await collect(each, `${name}/`, found);
  }
}
