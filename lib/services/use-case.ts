import "server-only";
import type { z } from "zod";
import { type Actor, may, type Permission, type ProjectRole } from "@/lib/domain/policy";
import { failure, type Result } from "@/lib/domain/result";
import { isProved } from "@/lib/server/live-session";
import { observe } from "@/lib/server/telemetry/observe";
import { type Found, findStanding, type Scope, type ScopedIds } from "./standing";

/** What a use case knows about who asks. */
export type Caller = Actor & {
  /** The caller's role in the project at hand, if any. */
  projectRole: ProjectRole | null;
  /** The project at hand; empty for use cases of the whole instance. */
  projectId: string;
};

export type UseCase<Input, Output> = {
  name: string;
  permission: Permission;
  scope: Scope;
  /** Dangerous in the wrong hands: whoever asks must have proved who they are a moment ago. */
  needsProof: boolean;
  /** Runs for the person who is signed in. */
  (input: Input): Promise<Result<Output>>;
  /** Runs for a given actor, for scripts and tests; null is somebody signed out. */
  as(actor: Actor | null, input: unknown): Promise<Result<Output>>;
};

/** `place` of the refusal where somebody must set up their second factor first. */
const SECOND_FACTOR = "second_factor";

/** Somebody signed out, at a use case that is open to all. */
const NOBODY: Caller = {
  userId: "",
  sessionId: null,
  instanceRole: "user",
  leadsSomewhere: false,
  projectRole: null,
  projectId: "",
};

const registry = new Map<string, UseCase<never, unknown>>();

/** All use cases by name, so that a test can try each with the wrong rights. */
export function allUseCases(): ReadonlyMap<string, UseCase<never, unknown>> {
  return registry;
}

/**
 * The only place that parses, authenticates and authorises. Order: somebody is signed in, the input
 * has the right form, its project or assignment is visible to the caller, the permission is held.
 * What a caller may not see and what does not exist give the same answer. With
 * `needsProof` a session must also have been proved in the last minutes.
 */
export function defineUseCase<Schema extends z.ZodType, Output>(definition: {
  name: string;
  permission: Permission;
  scope: Scope;
  needsProof?: true;
  /** Refused in an archived project, where its own work does not find that out under a lock. */
  needsLiveProject?: true;
  input: Schema;
  run: (input: z.output<Schema>, caller: Caller) => Promise<Result<Output>>;
}): UseCase<z.input<Schema>, Output> {
  const { name, permission, scope, input: schema, run } = definition;
  const needsProof = definition.needsProof ?? false;
  const as = (actor: Actor | null, raw: unknown): Promise<Result<Output>> =>
    observe(name, actor?.userId, () => decide(actor, raw));
  const whatComesFirst = async ({ isArchived }: Found, actor: Actor) =>
    isArchived && definition.needsLiveProject
      ? archived()
      : personProblem(actor, permission, needsProof);
  const decide = async (actor: Actor | null, raw: unknown): Promise<Result<Output>> => {
    if (actor === null && scope !== "public") {
      return failure("unauthenticated", "Sign in to do this.");
    }
    const parsed = schema.safeParse(raw);
    if (!parsed.success) return inputFailure(parsed.error);
    if (actor === null) return run(parsed.data, NOBODY);
    const found = await findStanding(scope, parsed.data as ScopedIds, actor);
    if (found === null || isElsewhere(actor, found.projectId)) {
      return failure("not_found", "This does not exist, or it is not yours.");
    }
    if (!may(found.standing, permission)) return refusal(found.standing.projectRole);
    const wait = await whatComesFirst(found, actor);
    if (wait !== null) return wait;
    return run(parsed.data, {
      ...actor,
      projectRole: found.standing.projectRole,
      projectId: found.projectId,
    });
  };
  const useCase = Object.assign(async (input: z.input<Schema>) => as(await signedIn(), input), {
    permission,
    scope,
    needsProof,
    as,
  });
  Object.defineProperty(useCase, "name", { value: name });
  registry.set(name, useCase as unknown as UseCase<never, unknown>);
  return useCase as unknown as UseCase<z.input<Schema>, Output>;
}

/** Loaded only where a request is served: scripts and tests say who acts and need no sign-in library. */
async function signedIn(): Promise<Actor | null> {
  const { currentActor } = await import("@/lib/server/session");
  return currentActor();
}

function archived(): Result<never> {
  return failure("closed", "This project is archived. Restore it first.");
}

/** What the person must do first, though they have the right; null where nothing is. */
async function personProblem(
  actor: Actor,
  permission: Permission,
  needsProof: boolean,
): Promise<Result<never> | null> {
  if (actor.needsSecondFactor && permission !== "account.manage_own") {
    return failure("forbidden", "Set up your second factor first, on the page of your account.", {
      place: SECOND_FACTOR,
    });
  }
  if (needsProof && actor.token !== undefined) {
    return failure("forbidden", "No token may do this: sign in and do it there.");
  }
  // A program that acts without a session was started by whoever runs the machine.
  if (!needsProof || actor.sessionId === null || (await isProved(actor.sessionId))) return null;
  return failure("unproved", "Confirm first that it is you.");
}

/** A token opens nothing outside of its project, whatever its owner may do there. */
function isElsewhere({ token }: Actor, projectId: string): boolean {
  return token !== undefined && token.projectId !== projectId;
}

function refusal(projectRole: ProjectRole | null) {
  return projectRole === null
    ? failure("forbidden", "Your account may not do this.")
    : failure("forbidden", `Your role in this project (${projectRole}) may not do this.`);
}

function inputFailure(error: z.ZodError) {
  const issue = error.issues[0];
  return failure("invalid", issue?.message ?? "The input is not valid.", {
    place: issue?.path.join(".") ?? "",
  });
}
