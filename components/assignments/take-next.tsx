"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { takeNextDocument } from "@/lib/actions/rounds";

type Queue = { projectId: string; project: string; round: string };

/** Rounds in which the reader takes documents from a queue. What others took never shows here. */
export function TakeNext({ queues }: { queues: Queue[] }) {
  return (
    <ul className="mt-3 divide-y divide-line rounded-md border border-line bg-surface">
      {queues.map((queue) => (
        <QueueLine key={`${queue.projectId} ${queue.round}`} queue={queue} />
      ))}
    </ul>
  );
}

function QueueLine({ queue }: { queue: Queue }) {
  const router = useRouter();
  const [state, setState] = useState<"ready" | "asking" | "nothing" | "failed">("ready");
  const take = async () => {
    setState("asking");
    const taken = await takeNextDocument({ projectId: queue.projectId }).catch(() => null);
    if (taken === null || !taken.ok) return setState("failed");
    if (taken.value.assignmentId === null) return setState("nothing");
    router.push(`/assignments/${taken.value.assignmentId}`);
  };
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 text-sm">
        <div className="font-medium">
          <bdi>{queue.round}</bdi>
        </div>
        <div className="text-[13px] text-ink-soft">
          <bdi>{queue.project}</bdi>
          <span role="status">
            {state === "nothing" ? ": nothing to take at present" : null}
            {state === "failed" ? ": this did not reach the server, try again" : null}
          </span>
        </div>
      </div>
      <Button onClick={take} disabled={state === "asking"}>
        Take the next document
      </Button>
    </li>
  );
}
