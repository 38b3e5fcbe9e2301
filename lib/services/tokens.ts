import "server-only";
import { z } from "zod";
import { TOKEN_PREFIX, TOKEN_SCOPES, type TokenScope } from "@/lib/domain/api/scopes";
import { failure, type Result, success } from "@/lib/domain/result";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { hashSecret, newSecret } from "@/lib/server/tokens";
import { recordAudit } from "./audit";
import { nameInput } from "./inputs";
import { inLiveProject } from "./project-store";
import { defineUseCase } from "./use-case";

/** A token as its project's page shows it; its secret is nowhere any more. */
export type ListedToken = {
  tokenId: string;
  name: string;
  owner: string;
  isOwn: boolean;
  scopes: TokenScope[];
  state: "live" | "expired" | "revoked";
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
};

/** What a token's hash is made with, so that no other secret serves as one. */
export const TOKEN_PURPOSE = "api_token";
const MOST_TOKENS = 100;

/** A form sends one scope as a text, several as a list. */
const scopesInput = z
  .union([z.array(z.enum(TOKEN_SCOPES)), z.enum(TOKEN_SCOPES).transform((one) => [one])])
  .transform((all) => TOKEN_SCOPES.filter((scope) => all.includes(scope)))
  .refine((all) => all.length > 0, "Choose what the token may be used for.");

/** Makes a token that acts for the caller in this project. Its secret is in the answer and nowhere else. */
export const createToken = defineUseCase({
  name: "createToken",
  permission: "token.manage",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    name: nameInput(120),
    scopes: scopesInput,
    days: z.coerce
      .number()
      .int()
      .min(1, "A token works for a day or longer.")
      .max(365, "A token works for a year at most."),
  }),
  async run(
    { projectId, name, scopes, days },
    caller,
  ): Promise<Result<{ tokenId: string; secret: string }>> {
    const tokenId = newId();
    const secret = `${TOKEN_PREFIX}${newSecret()}`;
    const made = await inLiveProject(projectId, async (tx) => {
      const live = await tx.apiToken.count({
        where: { projectId, revokedAt: null, expiresAt: { gt: new Date() } },
      });
      if (live >= MOST_TOKENS) {
        return failure("closed", `A project has ${MOST_TOKENS} tokens at most. Revoke one first.`);
      }
      await tx.$executeRaw`
        INSERT INTO api_token (id, user_id, project_id, name, token_hash, scopes, expires_at)
        VALUES (${tokenId}::uuid, ${caller.userId}::uuid, ${projectId}::uuid, ${name},
                ${hashSecret(TOKEN_PURPOSE, secret)}, ${scopes}::text[],
                now() + make_interval(days => ${days}::int))`;
      return success(null);
    });
    if (!made.ok) return made;
    await recordAudit(caller, {
      action: "token.created",
      targetType: "token",
      targetId: tokenId,
      detail: { name, scopes: scopes.join(" "), days },
    });
    return success({ tokenId, secret });
  },
});

/** The tokens of a project, the newest first, those that work no more among them. */
export const listTokens = defineUseCase({
  name: "listTokens",
  permission: "token.manage",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, { userId }): Promise<Result<ListedToken[]>> {
    const rows = await db().apiToken.findMany({
      where: { projectId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 2 * MOST_TOKENS,
      select: {
        id: true,
        userId: true,
        name: true,
        scopes: true,
        createdAt: true,
        expiresAt: true,
        lastUsedAt: true,
        revokedAt: true,
        user: { select: { name: true } },
      },
    });
    const now = new Date();
    return success(
      rows.map((row) => ({
        tokenId: row.id,
        name: row.name,
        owner: row.user.name,
        isOwn: row.userId === userId,
        scopes: TOKEN_SCOPES.filter((scope) => row.scopes.includes(scope)),
        state: row.revokedAt !== null ? "revoked" : row.expiresAt <= now ? "expired" : "live",
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      })),
    );
  },
});

/** Ends a token at once, whoever made it. */
export const revokeToken = defineUseCase({
  name: "revokeToken",
  permission: "token.manage",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), tokenId: z.uuid() }),
  async run({ projectId, tokenId }, caller): Promise<Result<null>> {
    const { rowCount } = await pool().query(
      `UPDATE api_token SET revoked_at = now()
        WHERE project_id = $1 AND id = $2 AND revoked_at IS NULL`,
      [projectId, tokenId],
    );
    if (rowCount === 0) return failure("conflict", "This token is revoked already.");
    await recordAudit(caller, { action: "token.revoked", targetType: "token", targetId: tokenId });
    return success(null);
  },
});
