"use client";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { cancelAnyJob, retryAnyJob } from "@/lib/actions/users";

/** Cancels a job that goes on, and tries one again that ended badly. */
export function JobActs({
  projectId,
  jobId,
  state,
}: {
  projectId: string;
  jobId: string;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
}) {
  const [isPending, start] = useTransition();
  if (state === "done") return null;
  const isOpen = state === "waiting" || state === "running";
  const run = () =>
    start(async () => {
      await act(() => (isOpen ? cancelAnyJob : retryAnyJob)({ projectId, jobId }), {
        message: isOpen ? "The job is cancelled." : "The job is queued again.",
      });
    });
  return (
    <Button size="small" disabled={isPending} onClick={run}>
      {isOpen ? "Cancel" : "Try again"}
    </Button>
  );
}
