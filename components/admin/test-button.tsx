"use client";
import { type ReactNode, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import type { Result } from "@/lib/domain/result";

/** Tries whether something outside works, and says how it went. */
export function TestButton({
  run,
  done,
  children,
}: {
  run: () => Promise<Result<unknown>>;
  done: string;
  children: ReactNode;
}) {
  const [isPending, start] = useTransition();
  const test = () =>
    start(async () => {
      await act(run, { message: done });
    });
  return (
    <Button disabled={isPending} onClick={test}>
      {isPending ? "Trying…" : children}
    </Button>
  );
}
