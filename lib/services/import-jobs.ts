import "server-only";
import { z } from "zod";
import type { Transaction } from "@/lib/server/db";
import { readImportFiles } from "./import-reading";
import { ImportLost, type ImportPlace, type Running } from "./import-store";
import { ImportRefused, storeImportFiles } from "./import-storing";
import { defineJob, type JobKind, JobRefused, queueJob } from "./job-runs";

const input = z.strictObject({ importId: z.uuid() });

type Body = (place: ImportPlace, running: Running) => Promise<Record<string, unknown> | null>;

function jobKind(kind: string, body: Body): JobKind {
  return defineJob({
    kind,
    input,
    run: async ({ projectId, input: { importId }, progress, signal }) => {
      try {
        return (await body({ projectId, importId }, { progress, signal })) ?? {};
      } catch (error) {
        if (error instanceof ImportRefused) throw new JobRefused(error.message);
        // Cancelled by a person: there is nothing left to do, and nothing went wrong.
        if (error instanceof ImportLost) return {};
        throw error;
      }
    },
  });
}

export const importReadingJob = jobKind("import_reading", readImportFiles);
export const importStoringJob = jobKind("import_storing", storeImportFiles);

/** Has the worker read or store an import; runs if, and only if, the transaction commits. */
export function queueImport(
  tx: Transaction,
  { projectId, importId }: ImportPlace,
  { kind, requestedBy }: { kind: "import_reading" | "import_storing"; requestedBy: string | null },
): Promise<string> {
  return queueJob(tx, { projectId, kind, input: { importId }, requestedBy });
}
