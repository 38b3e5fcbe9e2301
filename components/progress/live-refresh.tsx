"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { signInHere } from "@/components/ui/act";

/** Least time between two loads of the page, so that a busy team does not keep the server computing. */
const LEAST_MS = 5_000;

type Connection = "connecting" | "live" | "lost";

const WORDS: Record<Connection, string> = {
  connecting: "Connecting…",
  live: "Up to date by itself",
  lost: "Not live. Reload to see changes.",
};

/** Loads the page's figures anew when the server says that something changed. */
export function LiveRefresh({ projectId }: { projectId: string }) {
  const router = useRouter();
  const [connection, setConnection] = useState<Connection>("connecting");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let lastAt = Date.now();
    let wasLost = false;
    const load = () => {
      if (timer !== null) return;
      const wait = Math.max(0, lastAt + LEAST_MS - Date.now());
      timer = setTimeout(() => {
        timer = null;
        lastAt = Date.now();
        router.refresh();
      }, wait);
    };
    const source = new EventSource(`/api/v1/projects/${projectId}/changes`);
    source.addEventListener("open", () => {
      setConnection("live");
      // What happened meanwhile was told to nobody.
      if (wasLost) load();
      wasLost = false;
    });
    source.addEventListener("change", load);
    source.addEventListener("error", () => {
      wasLost = true;
      setConnection(source.readyState === EventSource.CLOSED ? "lost" : "connecting");
    });
    return () => {
      source.close();
      if (timer !== null) clearTimeout(timer);
    };
  }, [projectId, router]);
  return (
    <span role="status" className="text-[13px] text-ink-soft print:hidden">
      {connection === "lost" ? (
        <a href={signInHere()} className="underline">
          {WORDS.lost}
        </a>
      ) : (
        WORDS[connection]
      )}
    </span>
  );
}
