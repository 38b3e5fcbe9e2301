"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Meter } from "@/components/ui/meter";
import { Notice } from "@/components/ui/notice";
import { followReleaseJob, retryReleaseJob } from "@/lib/actions/releases";
import type { JobView } from "@/lib/services/jobs";

const EVERY_MS = 1_000;

/** How far a job is; the page is shown anew when it ends. A failed one can be tried again. */
export function JobProgress({
  projectId,
  jobId,
  title,
}: {
  projectId: string;
  jobId: string;
  title: string;
}) {
  const router = useRouter();
  const [job, setJob] = useState<JobView | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round begins to look again
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const answer = await followReleaseJob({ projectId, jobId }).catch(() => null);
      if (isOver) return;
      if (answer?.ok) setJob(answer.value);
      const isWorking = !answer?.ok || ["waiting", "running"].includes(answer.value.state);
      if (isWorking) timer = setTimeout(look, EVERY_MS);
      else router.refresh();
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [projectId, jobId, round, router]);
  const retry = async () => {
    const done = await act(() => retryReleaseJob({ projectId, jobId }));
    if (done !== null || job?.state === "failed") setRound((before) => before + 1);
  };
  if (job?.state === "done") return null;
  if (job?.state === "failed" || job?.state === "cancelled") {
    return (
      <Notice tone="bad" className="mb-6">
        <p>{job.problem ?? "This was cancelled."}</p>
        <Button size="small" className="mt-2" onClick={retry}>
          Try again
        </Button>
      </Notice>
    );
  }
  const words =
    job === null || job.state === "waiting" || job.total === null
      ? "waiting for its turn"
      : `${job.done.toLocaleString("en")} of ${job.total.toLocaleString("en")} documents`;
  return (
    <div role="status" className="mb-6 max-w-md text-sm">
      <p className="mb-1">
        {title}: {words}
      </p>
      <Meter value={job?.done ?? 0} most={job?.total ?? 1} label={`${title}: ${words}`} />
    </div>
  );
}
