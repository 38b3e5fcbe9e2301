import "server-only";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { pool } from "../db";
import { openStreamCount } from "../event-stream";

type Metrics = {
  registry: Registry;
  useCases: Histogram<"use_case" | "outcome">;
  errors: Counter<"route">;
};

/** Next bundles a module more than once; the figures of a process are one. */
const kept = globalThis as unknown as { framemarkMetrics?: Metrics };

/** Notes how long a use case took and how it ended. */
export function countUseCase(useCase: string, outcome: string, seconds: number): void {
  metrics().useCases.observe({ use_case: useCase, outcome }, seconds);
}

/** Notes an error that nobody expected, by the pattern of its route. */
export function countError(route: string): void {
  metrics().errors.inc({ route });
}

/** All figures in the text format of Prometheus, and its content type. */
export async function readMetrics(): Promise<{ text: string; contentType: string }> {
  const { registry } = metrics();
  return { text: await registry.metrics(), contentType: registry.contentType };
}

function metrics(): Metrics {
  kept.framemarkMetrics ??= makeMetrics();
  return kept.framemarkMetrics;
}

function makeMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "framemark_pool_connections",
    help: "Connections to the database, and requests that wait for one.",
    labelNames: ["state"],
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount } = pool();
      this.set({ state: "used" }, totalCount - idleCount);
      this.set({ state: "idle" }, idleCount);
      this.set({ state: "waited_for" }, waitingCount);
    },
  });
  new Gauge({
    name: "framemark_event_streams",
    help: "Open streams of events.",
    registers,
    collect() {
      this.set(openStreamCount());
    },
  });
  new Gauge({
    name: "framemark_jobs",
    help: "Background jobs by state.",
    labelNames: ["state"],
    registers,
    async collect() {
      this.reset();
      const { rows } = await pool().query<{ state: string; count: number }>(
        "SELECT state::text, count(*)::int AS count FROM job GROUP BY state",
      );
      for (const { state, count } of rows) this.set({ state }, count);
    },
  });
  new Gauge({
    name: "framemark_oldest_waiting_job_seconds",
    help: "How long the oldest waiting job has waited.",
    registers,
    async collect() {
      const { rows } = await pool().query<{ age: number }>(
        `SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::float AS age
           FROM job WHERE state = 'waiting'`,
      );
      this.set(rows[0]?.age ?? 0);
    },
  });
  return {
    registry,
    useCases: new Histogram({
      name: "framemark_use_case_seconds",
      help: "Duration of use cases by name and outcome.",
      labelNames: ["use_case", "outcome"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 2.5, 10],
      registers,
    }),
    errors: new Counter({
      name: "framemark_unexpected_errors_total",
      help: "Errors that nobody expected, by route.",
      labelNames: ["route"],
      registers,
    }),
  };
}
