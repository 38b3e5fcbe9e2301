/**
 * Who may do what: the whole policy on one screen. A use case names a permission; nothing else in
 * the product decides about rights. `own` means: the assignment is the actor's.
 */

export const PROJECT_ROLES = ["lead", "adjudicator", "annotator", "viewer"] as const;
export type ProjectRole = (typeof PROJECT_ROLES)[number];
export type InstanceRole = "admin" | "user";

/** A signed-in person. `leadsSomewhere`: lead of at least one project that is not archived. */
export type Actor = {
  userId: string;
  /** Where a program acts for the person, by a token that holds in this project only. */
  token?: { tokenId: string; projectId: string };
  sessionId: string | null;
  instanceRole: InstanceRole;
  leadsSomewhere: boolean;
  /** The site asks them for a second factor that they have not set up: until then they may do nothing else. */
  needsSecondFactor?: boolean;
};

/** What an actor is to the thing at hand. */
export type Standing = {
  instanceRole: InstanceRole;
  leadsSomewhere: boolean;
  /** Role in the project at hand, if any. */
  projectRole: ProjectRole | null;
  /** Whether the assignment at hand is the actor's own. */
  isOwn: boolean;
};

type Test = (standing: Standing) => boolean;

const admin: Test = ({ instanceRole }) => instanceRole === "admin";
const own: Test = ({ isOwn, projectRole }) => isOwn && projectRole !== null;
const role =
  (...roles: ProjectRole[]): Test =>
  ({ projectRole }) =>
    projectRole !== null && roles.includes(projectRole);
const any =
  (...tests: Test[]): Test =>
  (standing) =>
    tests.some((test) => test(standing));

const everyone: Test = () => true;
const members = any(role("lead", "adjudicator", "annotator", "viewer"), admin);
const leads = any(role("lead"), admin);
const talkers = any(role("lead", "adjudicator", "annotator"), admin);
const workers = role("lead", "adjudicator", "annotator");
const judges = any(role("lead", "adjudicator"), admin);

export const POLICY = {
  "account.enter": everyone,
  "account.manage_own": everyone,
  "user.administer": admin,
  "site.administer": admin,
  "project.list": everyone,
  "project.create": any(admin, ({ leadsSomewhere }) => leadsSomewhere),
  "project.see": members,
  "project.configure": leads,
  "project.purge": admin,
  "member.manage": leads,
  "codebook.read": members,
  "codebook.edit": leads,
  "codebook.publish": leads,
  "document.read": leads,
  "document.import": leads,
  "assignment.plan": leads,
  "assignment.reopen": leads,
  "assignment.work": own,
  /** Of events that one has a document of. */
  "event.answer": workers,
  "onboarding.set_up": leads,
  "onboarding.pass": workers,
  /** One's own answers about oneself; nobody has a right to those of another. */
  "background.answer": workers,
  "background.see_groups": leads,
  "progress.see": leads,
  "figures.exclude": leads,
  "discussion.take_part": talkers,
  "annotations.read_submitted": judges,
  adjudicate: judges,
  "agreement.see": judges,
  "dataset.export": leads,
  "job.manage": leads,
  /** Tokens act with the rights of who made them; webhooks tell other programs what happens. */
  "token.manage": leads,
  "webhook.manage": leads,
} as const satisfies Record<string, Test>;

export type Permission = keyof typeof POLICY;

/** Whether someone of this standing has the permission. */
export function may(standing: Standing, permission: Permission): boolean {
  return POLICY[permission](standing);
}
