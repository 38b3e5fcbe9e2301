import "server-only";
import { z } from "zod";
import { addNote, NOTE_PLACES } from "@/lib/domain/codebook/guideline-note";
import { type Codebook, draftSchema } from "@/lib/domain/codebook/language";
import { failure, type Result, success } from "@/lib/domain/result";
import { recordAudit } from "./audit";
import { insertDraft } from "./codebook-drafts";
import { contentSha256, findVersion } from "./codebook-store";
import { proseInput } from "./inputs";
import { inLiveProject } from "./project-store";
import { defineUseCase } from "./use-case";

/**
 * Writes a note on a label into the draft of the next codebook version, which is begun from the version
 * in force where there is none. Whoever has the draft open gets the note joined to what they change.
 */
export const noteInDraft = defineUseCase({
  name: "noteInDraft",
  permission: "codebook.edit",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    layer: z.string().min(1).max(80),
    label: z.string().min(1).max(80),
    place: z.enum(NOTE_PLACES),
    note: proseInput(2_000).refine((text) => text.trim() !== "", "Write the note first."),
    /** For `not_this`: the label that fits instead. */
    against: z.string().max(80).nullable().default(null),
  }),
  async run({ projectId, ...note }, caller): Promise<Result<{ version: number }>> {
    const published = await findVersion(projectId);
    const written = await inLiveProject(
      projectId,
      async (tx): Promise<Result<{ version: number }>> => {
        const known = await tx.$queryRaw<{ version: number; content: unknown }[]>`
        SELECT version, content FROM codebook_version
         WHERE project_id = ${projectId}::uuid AND state = 'draft' FOR UPDATE`;
        const [draft] = known;
        if (draft === undefined && published === null) {
          return failure("not_found", "This project has no codebook yet.");
        }
        const before: Codebook = draftSchema.parse(draft?.content ?? published?.codebook);
        const content = addNote(before, note);
        if (content === null) {
          return failure("conflict", "The codebook has no such label any more. Open it and look.");
        }
        if (draft === undefined) {
          return insertDraft(tx, caller, { content, basedOnId: published?.id ?? null });
        }
        await tx.$executeRaw`
          UPDATE codebook_version
             SET content = ${JSON.stringify(content)}::jsonb, sha256 = ${contentSha256(content)},
                 revision = revision + 1, changed_at = now(), changed_by_id = ${caller.userId}::uuid
           WHERE project_id = ${projectId}::uuid AND state = 'draft'`;
        return success({ version: draft.version });
      },
    );
    if (!written.ok) return written;
    await recordAudit(caller, {
      action: "codebook.noted",
      targetType: "codebook",
      detail: { ...note, ...written.value },
    });
    return written;
  },
});
