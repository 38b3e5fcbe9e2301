import "server-only";
import { z } from "zod";
import { failure } from "@/lib/domain/result";
import { createDraft, discardDraft, openDraft, saveDraft } from "../../codebook-drafts";
import { publishDraft } from "../../codebook-publishing";
import { listCodebookVersions, openCodebook } from "../../codebooks";
import { created, defineOperation, NO_BODY } from "../operation";
import { inProject, integer, integerInQuery, pageQuery } from "../parameters";
import { codebook, draft, listedVersion, pageOf, publication, savedDraft } from "../resources";
import { pageOfAll } from "../whole-list";

const path = "/projects/{projectId}/codebooks";
const draftPath = "/projects/{projectId}/codebook-draft";
const tag = "Codebooks";
const params = z.strictObject(inProject);
/** A codebook with all its guidelines, in bytes. */
const MOST_CODEBOOK = 2 * 1024 * 1024;
const anything = z.record(z.string(), z.unknown());

export const codebookOperations = [
  defineOperation(
    {
      id: "listCodebooks",
      method: "get",
      path,
      tag,
      summary: "Versions of the codebook, newest first, the draft among them",
      scope: "read",
      params,
      query: z.strictObject(pageQuery),
      answers: pageOf(listedVersion, "ListedCodebook"),
    },
    async ({ actor, params, query }) =>
      pageOfAll(
        await listCodebookVersions.as(actor, params),
        "codebooks",
        ({ version }) => version,
        query,
      ),
  ),
  defineOperation(
    {
      id: "openCodebook",
      method: "get",
      path: `${path}/{version}`,
      tag,
      summary: "A published version with its layers, labels, attributes and guidelines",
      scope: "read",
      params: params.extend({
        version: z
          .string()
          .regex(/^(current|[1-9]\d{0,8})$/, "Give a number, or “current”.")
          .describe("A number, or `current` for the version in force"),
      }),
      answers: codebook,
    },
    ({ actor, params: { projectId, version } }) =>
      openCodebook.as(
        actor,
        version === "current" ? { projectId } : { projectId, version: Number(version) },
      ),
  ),
  defineOperation(
    {
      id: "openCodebookDraft",
      method: "get",
      path: draftPath,
      tag,
      summary: "The draft of the next version, with what keeps it from being published",
      scope: "read",
      params,
      answers: draft,
    },
    async ({ actor, params }) => {
      const found = await openDraft.as(actor, params);
      if (found.ok && found.value === null) return failure("not_found", "There is no draft.");
      return found;
    },
  ),
  defineOperation(
    {
      id: "createCodebookDraft",
      method: "post",
      path: draftPath,
      tag,
      summary: "Begin a draft from the version in force, an earlier one, a template or a file",
      description:
        "A file may be a codebook of ours as JSON, or a label list of another tool, as the text of the file.",
      scope: "import",
      params,
      mostBody: MOST_CODEBOOK,
      body: z.strictObject({
        from: z.discriminatedUnion("kind", [
          z.strictObject({ kind: z.literal("published") }),
          z.strictObject({ kind: z.literal("version"), version: integer(1) }),
          z.strictObject({ kind: z.literal("template"), key: z.string().max(80) }),
          z.strictObject({
            kind: z.literal("file"),
            text: z.string(),
            fileName: z.string().max(400).optional(),
          }),
        ]),
      }),
      answers: created(draft),
    },
    ({ actor, params, body }) => createDraft.as(actor, { ...params, ...body }),
  ),
  defineOperation(
    {
      id: "saveCodebookDraft",
      method: "put",
      path: draftPath,
      tag,
      summary: "Save the draft, unfinished or not",
      description:
        "`baseRevision` is the revision that you changed. Where somebody saved since, the answer is 409 and nothing is overwritten.",
      scope: "import",
      params,
      mostBody: MOST_CODEBOOK,
      body: z.strictObject({
        baseRevision: integer(),
        content: anything.describe("As /codebook.schema.json describes it"),
        rules: z.array(anything).max(1_000).optional(),
      }),
      answers: savedDraft,
    },
    ({ actor, params, body }) => saveDraft.as(actor, { ...params, ...body }),
  ),
  defineOperation(
    {
      id: "discardCodebookDraft",
      method: "delete",
      path: draftPath,
      tag,
      summary: "Throw the draft away; published versions stay",
      scope: "import",
      params,
      query: z.strictObject({ baseRevision: integerInQuery(0) }),
      answers: NO_BODY,
    },
    ({ actor, params, query }) => discardDraft.as(actor, { ...params, ...query }),
  ),
  defineOperation(
    {
      id: "publishCodebookDraft",
      method: "post",
      path: `${draftPath}/publish`,
      tag,
      summary: "Publish the draft: it is frozen, and open work goes on under it",
      scope: "import",
      params,
      body: z.strictObject({ baseRevision: integer(), submittedToo: z.boolean().optional() }),
      answers: publication,
      cost: 10,
    },
    ({ actor, params, body }) => publishDraft.as(actor, { ...params, ...body }),
  ),
];
