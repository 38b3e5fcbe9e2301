"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { ImportView } from "@/lib/services/imports";

const EVERY_MS = 1_000;

/** The import as it is at the moment: while something is being done the server is asked how far it is. */
export function useImportWatch(projectId: string, loaded: ImportView): ImportView {
  const router = useRouter();
  const [progress, setProgress] = useState<ImportView | null>(null);
  const { importId } = loaded;
  const isWorking = loaded.state === "reading" || loaded.state === "storing";
  useEffect(() => {
    if (!isWorking) return;
    let isOver = false;
    const look = async () => {
      const address = `/api/v1/projects/${projectId}/imports/${importId}`;
      const answer = await fetch(address).catch(() => null);
      if (isOver || !answer?.ok) return;
      const next = (await answer.json()) as ImportView;
      setProgress(next);
      // Its rows and choices come with the page.
      if (next.state !== "reading" && next.state !== "storing") router.refresh();
    };
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [isWorking, projectId, importId, router]);
  return isWorking && progress?.state === loaded.state ? progress : loaded;
}
