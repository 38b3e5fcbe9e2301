"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Meter } from "@/components/ui/meter";
import { retryMigration } from "@/lib/actions/codebooks";
import type { ListedMigration } from "@/lib/services/codebook-migrations";

const EVERY_MS = 1_500;

/** How far a migration is that the worker does; one that failed goes on where it was. */
export function MigrationCourse({
  projectId,
  migration: { state, job },
}: {
  projectId: string;
  migration: Pick<ListedMigration, "state" | "job">;
}) {
  const router = useRouter();
  const isUnderWay = state === "running" || state === "reverting";
  const isWorking = isUnderWay && (job?.state === "waiting" || job?.state === "running");
  useEffect(() => {
    if (!isWorking) return;
    const timer = setInterval(() => router.refresh(), EVERY_MS);
    return () => clearInterval(timer);
  }, [isWorking, router]);
  if (!isUnderWay || job === null) return null;
  if (!isWorking) {
    return (
      <div className="mt-1 flex flex-wrap items-center gap-2 text-[13px]">
        <span className="text-bad">{job.problem ?? "It was stopped."}</span>
        <Button
          size="small"
          onClick={() => void act(() => retryMigration({ projectId, jobId: job.jobId }))}
        >
          Go on
        </Button>
      </div>
    );
  }
  const words =
    job.total === null
      ? "waits for its turn"
      : `${job.done.toLocaleString("en")} of ${job.total.toLocaleString("en")} sets`;
  return (
    <div role="status" className="mt-1 max-w-48 text-[13px] text-ink-soft">
      {words}
      <Meter value={job.done} most={job.total ?? 1} label={words} />
    </div>
  );
}
