"use client";
import { useRouter } from "next/navigation";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { retryTraining } from "@/lib/actions/onboarding";

/** Opens a training document for another try. */
export function RetryButton({ assignmentId }: { assignmentId: string }) {
  const router = useRouter();
  const retry = async () => {
    if ((await act(() => retryTraining({ assignmentId }))) !== null) {
      router.push(`/assignments/${assignmentId}`);
    }
  };
  return <Button onClick={() => void retry()}>Try again</Button>;
}
