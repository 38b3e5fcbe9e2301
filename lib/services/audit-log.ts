import "server-only";
import { z } from "zod";
import { type Result, success } from "@/lib/domain/result";
import { toSafeCsv } from "@/lib/domain/safe-csv";
import { pool } from "@/lib/server/db";
import { dayInput, pageInput } from "./inputs";
import { defineUseCase } from "./use-case";

/** One act of the log. */
export type AuditEntry = {
  seq: string;
  at: string;
  action: string;
  /** Null for programs and for what nobody did. */
  actor: { userId: string; name: string | null; email: string | null } | null;
  project: { projectId: string; name: string | null } | null;
  targetType: string;
  targetId: string | null;
  /** What it was done to, where it is an account or a project that still exists. */
  target: string | null;
  detail: Record<string, unknown>;
};

const NIL = "00000000-0000-0000-0000-000000000000";
const PAGE = 100;
const MOST_EXPORTED = 100_000;

const filters = {
  /** Beginning of the action, such as `project.` or `user.disabled`. */
  action: z.string().max(80).default(""),
  /** Words of the name or e-mail of whoever did it. */
  actor: z.string().max(200).default(""),
  projectId: z.uuid().nullable().default(null),
  from: dayInput,
  to: dayInput,
};

/** The log of the whole site, newest first, a hundred entries a page. */
export const listAuditLog = defineUseCase({
  name: "listAuditLog",
  permission: "site.administer",
  scope: "instance",
  input: z.strictObject({ ...filters, page: pageInput }),
  async run({ page, ...wanted }): Promise<Result<{ entries: AuditEntry[]; next: string | null }>> {
    const entries = await find(wanted, page ?? null, PAGE + 1);
    const shown = entries.slice(0, PAGE);
    const next = entries.length > PAGE ? (shown.at(-1)?.seq ?? null) : null;
    return success({ entries: shown, next });
  },
});

/** The actions that the log holds, for the filter. */
export const listAuditActions = defineUseCase({
  name: "listAuditActions",
  permission: "site.administer",
  scope: "instance",
  input: z.strictObject({}),
  async run(): Promise<Result<string[]>> {
    const { rows } = await pool().query<{ action: string }>(
      `SELECT DISTINCT action FROM audit_event ORDER BY 1 LIMIT 500`,
    );
    return success(rows.map(({ action }) => action));
  },
});

/** The log under the same filters as CSV that is safe in spreadsheets, newest first. */
export const exportAuditLog = defineUseCase({
  name: "exportAuditLog",
  permission: "site.administer",
  scope: "instance",
  input: z.strictObject(filters),
  async run(wanted) {
    const entries = await find(wanted, null, MOST_EXPORTED);
    const rows = entries.map((entry) => [
      entry.at,
      entry.action,
      entry.actor?.name ?? "",
      entry.actor?.email ?? "",
      entry.actor?.userId ?? "",
      entry.project?.name ?? "",
      entry.project?.projectId ?? "",
      entry.targetType,
      entry.targetId ?? "",
      entry.target ?? "",
      JSON.stringify(entry.detail),
      entry.seq,
    ]);
    return success({
      name: "framemark-audit-log.csv",
      contentType: "text/csv; charset=utf-8",
      text: toSafeCsv([COLUMNS, ...rows]),
    });
  },
});

const COLUMNS = [
  "at",
  "action",
  "actor_name",
  "actor_email",
  "actor_id",
  "project_name",
  "project_id",
  "target_type",
  "target_id",
  "target_name",
  "detail",
  "seq",
];

type Wanted = {
  action: string;
  actor: string;
  projectId: string | null;
  from: string | null;
  to: string | null;
};

type Row = {
  seq: string;
  at: Date;
  action: string;
  actor_id: string | null;
  actor_name: string | null;
  actor_email: string | null;
  project_id: string;
  project_name: string | null;
  target_type: string;
  target_id: string | null;
  target: string | null;
  detail: Record<string, unknown>;
};

async function find(wanted: Wanted, before: string | null, most: number): Promise<AuditEntry[]> {
  const { rows } = await pool().query<Row>(FIND, [
    wanted.action,
    wanted.actor.trim().replaceAll("\0", ""),
    wanted.projectId,
    wanted.from,
    wanted.to,
    before,
    most,
  ]);
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at.toISOString(),
    action: row.action,
    actor:
      row.actor_id === null
        ? null
        : { userId: row.actor_id, name: row.actor_name, email: row.actor_email },
    project: row.project_id === NIL ? null : { projectId: row.project_id, name: row.project_name },
    targetType: row.target_type,
    targetId: row.target_id,
    target: row.target,
    detail: row.detail,
  }));
}

const FIND = `
SELECT e.seq::text, e.at, e.action, e.actor_id, u.name AS actor_name, u.email AS actor_email,
       e.project_id, p.name AS project_name, e.target_type, e.target_id, e.detail,
       CASE e.target_type WHEN 'user' THEN t.name WHEN 'project' THEN p.name END AS target
  FROM audit_event e
  LEFT JOIN "user" u ON u.id = e.actor_id
  LEFT JOIN project p ON p.id = e.project_id
  LEFT JOIN "user" t ON e.target_type = 'user' AND t.id::text = e.target_id
 WHERE starts_with(e.action, $1)
   AND ($2 = '' OR strpos(lower(u.name), lower($2)) > 0 OR strpos(u.email, lower($2)) > 0)
   AND ($3::uuid IS NULL OR e.project_id = $3)
   AND ($4::date IS NULL OR e.at >= $4::date)
   AND ($5::date IS NULL OR e.at < $5::date + 1)
   AND ($6::bigint IS NULL OR e.seq < $6)
 ORDER BY e.seq DESC LIMIT $7`;
