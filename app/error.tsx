"use client";
import { Button } from "@/components/ui/button";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="mx-auto flex max-w-md flex-col items-start gap-3 px-4 py-24">
      <h1 className="text-xl font-semibold">Something went wrong here</h1>
      <p className="text-ink-soft">
        Your annotations are safe: what the save sign called saved is saved. Try again; if it stays
        so, tell your admin the number {error.digest ?? "unknown"}.
      </p>
      <Button tone="primary" onClick={reset}>
        Try again
      </Button>
    </main>
  );
}
