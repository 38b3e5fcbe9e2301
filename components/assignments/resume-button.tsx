"use client";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { resumeAssignment } from "@/lib/actions/assignments";

/** Takes a skipped document up again. */
export function ResumeButton({ assignmentId, title }: { assignmentId: string; title: string }) {
  const [isPending, startTransition] = useTransition();
  const resume = () =>
    startTransition(async () => {
      await act(() => resumeAssignment({ assignmentId }));
    });
  return (
    <Button size="small" aria-label={`Take up ${title}`} disabled={isPending} onClick={resume}>
      Take up again
    </Button>
  );
}
