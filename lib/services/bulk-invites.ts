import "server-only";
import { z } from "zod";
import { type ListedPerson, MOST_PEOPLE, readPeople } from "@/lib/domain/imports/people";
import { failure, type Result, success } from "@/lib/domain/result";
import { siteAddress } from "@/lib/server/address";
import { db } from "@/lib/server/db";
import { isMailOn } from "@/lib/server/mail";
import { linkToCopy, mailLink } from "./account-mail";
import { createAccount } from "./accounts-store";
import { recordAudit } from "./audit";
import { makeInvite } from "./invites";
import { enterProject } from "./member-store";
import { inLiveProject } from "./project-store";
import { defineUseCase } from "./use-case";

/** Leads are made one by one, by an admin who thinks about it. */
const ROLES = ["annotator", "adjudicator", "viewer"] as const;

const listInput = {
  list: z.string().max(100_000, "This list is too long."),
  /** The project that all of them enter; none where it is left out. */
  projectId: z.uuid().optional(),
  role: z.enum(ROLES).default("annotator"),
};

/** A line as it will be done: somebody new, somebody who has an account, or a line with a problem. */
export type PreviewedPerson = ListedPerson & { isKnown: boolean };

/** What became of a line. `link` is there where it was not sent by mail. */
export type InvitedPerson = {
  line: number;
  email: string;
  outcome: "invited" | "added" | "known" | "refused";
  problem: string | null;
  link: string | null;
};

/** Says line by line what a list of people would do, and does nothing. */
export const previewInvites = defineUseCase({
  name: "previewInvites",
  permission: "user.administer",
  scope: "instance",
  input: z.strictObject(listInput),
  async run({ list }): Promise<Result<{ people: PreviewedPerson[]; isMailed: boolean }>> {
    const people = await readPeople(list);
    if (people.length === 0) return nobody();
    const known = await knownAmong(people);
    return success({
      people: people.map((each) => ({ ...each, isKnown: known.has(each.email) })),
      isMailed: isMailOn(),
    });
  },
});

/**
 * Makes an account for each line of a list, sends or tells its link, and lets all of them into a project
 * where one is named. Who has an account keeps it. Lines with a problem are passed over and told.
 */
export const inviteMany = defineUseCase({
  name: "inviteMany",
  permission: "user.administer",
  scope: "instance",
  needsProof: true,
  input: z.strictObject(listInput),
  async run({ list, projectId, role }, caller): Promise<Result<InvitedPerson[]>> {
    const people = await readPeople(list);
    if (people.length === 0) return nobody();
    if (projectId !== undefined) {
      const open = await inLiveProject(projectId, async () => success(null));
      if (!open.ok) return open;
    }
    const done: InvitedPerson[] = [];
    for (const person of people) {
      done.push(await invite(person, { projectId, role, adminId: caller.userId }));
    }
    await recordAudit(caller, {
      action: "user.invited_many",
      targetType: "user",
      detail: {
        invited: done.filter(({ outcome }) => outcome === "invited").length,
        known: done.filter(({ outcome }) => outcome === "added" || outcome === "known").length,
        refused: done.filter(({ outcome }) => outcome === "refused").length,
        ...(projectId !== undefined && { projectId, role }),
      },
    });
    return success(done);
  },
});

type Where = { projectId: string | undefined; role: (typeof ROLES)[number]; adminId: string };

async function invite(person: ListedPerson, where: Where): Promise<InvitedPerson> {
  const { line, email, name, problem } = person;
  const refused = (reason: string): InvitedPerson => ({
    line,
    email,
    outcome: "refused",
    problem: reason,
    link: null,
  });
  if (problem !== null) return refused(problem);
  const known = await db().user.findUnique({
    where: { email },
    select: { id: true, disabledAt: true },
  });
  if (known?.disabledAt) return refused("This account is disabled.");
  const made = known ? null : await createAccount({ email, name, role: "user" });
  if (made !== null && !made.ok) return refused(made.failure.message);
  const userId = known?.id ?? (made?.ok ? made.value.userId : "");
  const isAdded = await enter(userId, where);
  if (known) {
    return { line, email, outcome: isAdded ? "added" : "known", problem: null, link: null };
  }
  const link = await makeInvite({ purpose: "join", userId, createdById: where.adminId });
  const delivery = await mailLink({ to: email, purpose: "join", link });
  const toCopy = linkToCopy(link, delivery);
  return {
    line,
    email,
    outcome: "invited",
    problem: delivery === "failed" ? "The mail could not be sent." : null,
    link: toCopy === null ? null : siteAddress(toCopy),
  };
}

/** Whether they are in the project by this; who is in it already keeps their role. */
async function enter(userId: string, { projectId, role }: Where): Promise<boolean> {
  if (projectId === undefined) return false;
  const entered = await inLiveProject(projectId, async (tx) => {
    const present = await tx.membership.count({ where: { projectId, userId, endedAt: null } });
    if (present > 0) return success(false);
    await enterProject(tx, { projectId, userId, role });
    return success(true);
  });
  return entered.ok && entered.value;
}

async function knownAmong(people: readonly ListedPerson[]): Promise<Set<string>> {
  const found = await db().user.findMany({
    where: { email: { in: people.map(({ email }) => email) } },
    select: { email: true },
  });
  return new Set(found.map(({ email }) => email));
}

function nobody(): Result<never> {
  return failure("invalid", `Give one person in each line, up to ${MOST_PEOPLE}.`, {
    place: "list",
  });
}
