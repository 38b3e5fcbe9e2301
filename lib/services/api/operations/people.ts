import "server-only";
import { z } from "zod";
import { PROJECT_ROLES } from "@/lib/domain/policy";
import { pageAuditEvents } from "../../listings";
import {
  addMember,
  changeMemberRole,
  listMembers,
  removeMember,
  restoreMember,
} from "../../members";
import { created, defineOperation, NO_BODY } from "../operation";
import { inProject, pageQuery } from "../parameters";
import { addedMember, auditEvent, member, pageOf } from "../resources";
import { pageOfAll } from "../whole-list";

const path = "/projects/{projectId}/members";
const inAll = z.strictObject(inProject);
const params = z.strictObject({ ...inProject, userId: z.uuid() });
const tag = "Members";
const role = z.enum(PROJECT_ROLES);

export const peopleOperations = [
  defineOperation(
    {
      id: "listMembers",
      method: "get",
      path,
      tag,
      summary: "Members of the project with their roles and pseudonyms",
      scope: "read",
      params: inAll,
      query: z.strictObject(pageQuery),
      answers: pageOf(member, "Member"),
    },
    async ({ actor, params, query }) =>
      pageOfAll(await listMembers.as(actor, params), "members", ({ userId }) => userId, query),
  ),
  defineOperation(
    {
      id: "inviteMember",
      method: "post",
      path,
      tag,
      summary: "Make somebody a member by e-mail; who has no account gets one",
      scope: "manage",
      params: inAll,
      body: z.strictObject({ email: z.email().max(254), role }),
      answers: created(addedMember),
      cost: 5,
      isKeyed: true,
    },
    ({ actor, params, body }) => addMember.as(actor, { ...params, ...body }),
  ),
  defineOperation(
    {
      id: "changeMember",
      method: "patch",
      path: `${path}/{userId}`,
      tag,
      summary: "Give a member another role",
      scope: "manage",
      params,
      body: z.strictObject({ role }),
      answers: NO_BODY,
    },
    ({ actor, params, body }) => changeMemberRole.as(actor, { ...params, ...body }),
  ),
  defineOperation(
    {
      id: "removeMember",
      method: "delete",
      path: `${path}/{userId}`,
      tag,
      summary: "End somebody's membership; their annotations stay",
      scope: "manage",
      params,
      answers: NO_BODY,
    },
    ({ actor, params }) => removeMember.as(actor, params),
  ),
  defineOperation(
    {
      id: "restoreMember",
      method: "post",
      path: `${path}/{userId}/restore`,
      tag,
      summary: "Take a former member in again, as what they were",
      scope: "manage",
      params,
      answers: NO_BODY,
    },
    ({ actor, params }) => restoreMember.as(actor, params),
  ),
  defineOperation(
    {
      id: "listAuditEvents",
      method: "get",
      path: "/projects/{projectId}/audit",
      tag: "Audit",
      summary: "What was done in the project, the latest first",
      scope: "read",
      params: inAll,
      query: z.strictObject({
        ...pageQuery,
        action: z
          .string()
          .regex(/^[a-z_]+(\.[a-z_]+)?$/)
          .max(80)
          .optional()
          .describe("Such as document.archived"),
      }),
      answers: pageOf(auditEvent, "AuditEvent"),
    },
    ({ actor, params, query }) => pageAuditEvents.as(actor, { ...params, ...query }),
  ),
];
