import "server-only";
import { z } from "zod";
import { failure, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { defineUseCase } from "./use-case";

/** Parts of a project that can change while somebody looks at its progress. */
export const WATCHED_PARTS = ["work", "discussions", "exclusions", "decisions"] as const;
export type WatchedPart = (typeof WATCHED_PARTS)[number];

type Listener = (parts: WatchedPart[]) => void;
type State = Record<WatchedPart, string>;
type Watched = { listeners: Set<Listener>; state: State | null };

/** Streams that one process serves at a time, and one person. */
const MOST_STREAMS = 200;
const MOST_OF_A_PERSON = 6;

const LEAST_WAIT_MS = 2_000;
/** Of the time that looking takes, so that a large project is looked at less often. */
const WAIT_FACTOR = 20;

/** One look at the database for all streams of this process; kept on globalThis for reloads. */
const kept = globalThis as unknown as { framemarkWatch?: Watch };
type Watch = {
  projects: Map<string, Watched>;
  people: Map<string, number>;
  timer: NodeJS.Timeout | null;
};

function watch(): Watch {
  kept.framemarkWatch ??= { projects: new Map(), people: new Map(), timer: null };
  return kept.framemarkWatch;
}

/**
 * Lets a listener know which parts of a project changed, and never what. `listen` answers how to stop.
 * The right is checked when the stream begins; streams end after some minutes and begin anew.
 */
export const watchProgress = defineUseCase({
  name: "watchProgress",
  permission: "progress.see",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, { userId }) {
    const { projects, people } = watch();
    const streams = [...projects.values()].reduce((sum, each) => sum + each.listeners.size, 0);
    if (streams >= MOST_STREAMS || (people.get(userId) ?? 0) >= MOST_OF_A_PERSON) {
      return failure("busy", "Too many pages are being kept up to date. Reload to see changes.", {
        retryAfterSeconds: 60,
      });
    }
    // What changes are told against from the first moment on.
    const [state] = await readStates([projectId]);
    return success({
      listen: (listener: Listener) => listen({ projectId, userId, state: state ?? null }, listener),
    });
  },
});

function listen(
  { projectId, userId, state }: { projectId: string; userId: string; state: State | null },
  listener: Listener,
): () => void {
  const { projects, people } = watch();
  const watched = projects.get(projectId) ?? { listeners: new Set<Listener>(), state };
  projects.set(projectId, watched);
  watched.listeners.add(listener);
  people.set(userId, (people.get(userId) ?? 0) + 1);
  lookLater(LEAST_WAIT_MS);
  return () => {
    if (!watched.listeners.delete(listener)) return;
    if (watched.listeners.size === 0) projects.delete(projectId);
    const left = (people.get(userId) ?? 1) - 1;
    if (left > 0) people.set(userId, left);
    else people.delete(userId);
  };
}

function lookLater(after: number): void {
  const all = watch();
  if (all.timer !== null || all.projects.size === 0) return;
  all.timer = setTimeout(() => void look(), after);
  // A stream must not keep a process that is asked to end.
  all.timer.unref();
}

async function look(): Promise<void> {
  const all = watch();
  const began = Date.now();
  const rows = await readStates([...all.projects.keys()]);
  for (const state of rows) {
    const watched = all.projects.get(state.projectId);
    if (watched === undefined) continue;
    const before = watched.state;
    watched.state = state;
    if (before === null) continue;
    const parts = WATCHED_PARTS.filter((part) => before[part] !== state[part]);
    if (parts.length > 0) for (const listener of [...watched.listeners]) listener(parts);
  }
  all.timer = null;
  lookLater(Math.max(LEAST_WAIT_MS, WAIT_FACTOR * (Date.now() - began)));
}

/** While the database is away nothing is known to have changed; the next look finds out. */
async function readStates(projectIds: string[]): Promise<({ projectId: string } & State)[]> {
  if (projectIds.length === 0) return [];
  const answer = await pool()
    .query<{ projectId: string } & State>(STATES, [projectIds])
    .catch(() => ({ rows: [] }));
  return answer.rows;
}

const STATES = `
SELECT p.id AS "projectId",
       (SELECT concat_ws(' ', count(*), count(*) FILTER (WHERE a.state = 'submitted'),
               count(*) FILTER (WHERE a.state = 'in_progress'), count(*) FILTER (WHERE a.state = 'skipped'),
               count(a.withdrawn_at), max(a.submitted_at), sum(a.active_seconds))
          FROM assignment a WHERE a.project_id = p.id) AS work,
       (SELECT concat_ws(' ', max(t.seq), count(t.resolved_at), max(t.resolved_at),
               (SELECT concat_ws(' ', max(m.seq), count(m.removed_at))
                  FROM discussion_message m WHERE m.project_id = p.id))
          FROM discussion t WHERE t.project_id = p.id) AS discussions,
       (SELECT concat_ws(' ', count(*), count(x.lifted_at))
          FROM figure_exclusion x WHERE x.project_id = p.id) AS exclusions,
       (SELECT concat_ws(' ', count(*), count(j.finished_at), max(j.finished_at))
          FROM adjudication j WHERE j.project_id = p.id) AS decisions
  FROM unnest($1::uuid[]) AS p(id)`;
