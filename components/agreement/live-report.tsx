"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { requestAgreement } from "@/lib/actions/agreement";

type Running = {
  state: "waiting" | "running" | "failed";
  done: number;
  total: number | null;
  problem: string | null;
};

type Shown = { inputHash: string; parts: number; running: Running | null };

/** What is being computed, by how many parts are there. */
const WORDS = [
  "The figures are being computed; they appear by themselves.",
  "Intervals by resampling and γ are being computed; until then intervals leave out one document at a time.",
  "γ is being computed.",
];

/** Milliseconds between two looks: while something is computed, and while the page only waits for new submissions. */
const OFTEN = 1_500;
const SELDOM = 10_000;

/**
 * Keeps the page true: asks when something changed, and now and then, whether what it shows is still the newest, and has it
 * rendered again where work came in or a computation ended. Shows how far the computation is.
 */
export function LiveReport({
  address,
  choice,
  shown,
}: {
  /** Where the state of the report is told. */
  address: string;
  choice: Parameters<typeof requestAgreement>[0];
  shown: Shown;
}) {
  const router = useRouter();
  const [told, setTold] = useState<Shown | null>(null);
  const [isBusy, startTransition] = useTransition();
  const now = told !== null && told.inputHash === shown.inputHash ? told : shown;
  const { running } = now;
  const every = running !== null && running.state !== "failed" ? OFTEN : SELDOM;

  useEffect(() => {
    let isOver = false;
    const look = async () => {
      if (document.hidden) return;
      const response = await fetch(address, { cache: "no-store" }).catch(() => null);
      if (isOver || response === null || !response.ok) return;
      const next = (await response.json()) as Shown;
      if (isOver) return;
      setTold(next);
      if (next.inputHash !== shown.inputHash || next.parts > shown.parts) router.refresh();
    };
    const timer = setInterval(look, every);
    // Leads are told at once that something changed; who may not listen asks now and then.
    const changes = new EventSource(`/api/v1/projects/${choice.projectId}/changes`);
    changes.addEventListener("change", look);
    return () => {
      isOver = true;
      clearInterval(timer);
      changes.close();
    };
  }, [address, choice.projectId, every, router, shown.inputHash, shown.parts]);

  if (running === null) return null;
  if (running.state === "failed") {
    return (
      <Notice tone="warn" className="mb-4 max-w-prose">
        What takes long could not be computed: {running.problem}{" "}
        <Button
          size="small"
          disabled={isBusy}
          onClick={() => startTransition(async () => void (await requestAgreement(choice)))}
        >
          Try again
        </Button>
      </Notice>
    );
  }
  return (
    <p role="status" className="mb-4 flex flex-wrap items-center gap-2 text-sm text-ink-soft">
      <progress
        className="h-1.5 w-28 accent-(--accent)"
        aria-label="Computation"
        {...(running.total === null ? {} : { value: running.done, max: running.total })}
      />
      {WORDS[Math.min(shown.parts, WORDS.length - 1)]}
    </p>
  );
}
