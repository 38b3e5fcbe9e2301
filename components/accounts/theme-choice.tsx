"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { startTransition, useOptimistic } from "react";
import { act } from "@/components/ui/act";
import { setTheme } from "@/lib/actions/accounts";

type Theme = "light" | "dark" | "system";

const CHOICES = [
  { theme: "system", label: "As the system", icon: Monitor },
  { theme: "light", label: "Light", icon: Sun },
  { theme: "dark", label: "Dark", icon: Moon },
] as const;

/** Light or dark, for this account on every device. */
export function ThemeChoice({ theme }: { theme: Theme }) {
  const [shown, show] = useOptimistic(theme);
  const choose = (next: Theme) =>
    startTransition(async () => {
      show(next);
      await act(() => setTheme({ theme: next }));
    });
  return (
    <fieldset className="inline-flex flex-wrap gap-1 rounded-md border border-line bg-sunken p-1">
      <legend className="sr-only">Theme</legend>
      {CHOICES.map(({ theme: value, label, icon: Icon }) => (
        <label
          key={value}
          className="inline-flex h-8 cursor-pointer select-none items-center gap-1.5 rounded border border-transparent px-2.5 text-sm text-ink-soft outline-offset-2 outline-(--focus) has-checked:border-line has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2"
        >
          <input
            type="radio"
            name="theme"
            value={value}
            checked={shown === value}
            onChange={() => choose(value)}
            className="sr-only"
          />
          <Icon aria-hidden size={15} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
