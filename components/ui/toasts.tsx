"use client";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";

export type Toast = {
  id: number;
  tone: "good" | "bad";
  message: string;
  action?: { label: string; run: () => void };
};

const SHOWN_MS = 6_000;
let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

/** Shows a short message at the foot of the page; errors stay until they are closed. */
export function showToast(toast: Omit<Toast, "id">): void {
  toasts = [...toasts.slice(-2), { ...toast, id: nextId++ }];
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  toasts = toasts.filter((toast) => toast.id !== id);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const none: readonly Toast[] = [];

/** Where toasts appear; stands once in the root layout. */
export function Toasts() {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => none,
  );
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex flex-col items-center gap-2 px-3"
    >
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  useEffect(() => {
    if (toast.tone === "bad") return;
    const timer = setTimeout(() => dismiss(toast.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  const Icon = toast.tone === "good" ? CircleCheck : CircleAlert;
  return (
    <div className="pointer-events-auto flex max-w-lg items-center gap-3 rounded-md border border-line bg-surface px-3 py-2 text-sm shadow-lg">
      <Icon aria-hidden size={16} className={toast.tone === "good" ? "text-good" : "text-bad"} />
      <span>{toast.message}</span>
      {toast.action ? (
        <button
          type="button"
          className="font-medium text-accent underline"
          onClick={() => {
            toast.action?.run();
            dismiss(toast.id);
          }}
        >
          {toast.action.label}
        </button>
      ) : null}
      <button
        type="button"
        aria-label="Close message"
        className="rounded p-1 text-ink-faint hover:bg-sunken"
        onClick={() => dismiss(toast.id)}
      >
        <X aria-hidden size={14} />
      </button>
    </div>
  );
}
