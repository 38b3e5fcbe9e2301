import type { ReleaseView } from "@/lib/services/releases";

/** How the state of a release is called and shown. */
export const STATE_WORDS: Record<
  ReleaseView["state"],
  { word: string; tone: "plain" | "good" | "bad" }
> = {
  preparing: { word: "being made", tone: "plain" },
  ready: { word: "ready", tone: "good" },
  failed: { word: "failed", tone: "bad" },
};

/** Sizes as people say them, in powers of ten. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(0)} kB`;
  return bytes < 1_000_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}

/** What splits are formed by, for people. */
export const SPLIT_WORDS = {
  none: "No splits",
  document: "By document",
  event: "By event",
  outlet: "By outlet",
  time: "By time, the newest for testing",
} as const;
