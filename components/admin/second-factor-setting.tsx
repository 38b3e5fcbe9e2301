"use client";
import { useOptimistic, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Select } from "@/components/ui/field";
import { setSecondFactorOf } from "@/lib/actions/users";

const CHOICES = [
  ["nobody", "Nobody must, everyone may"],
  ["admins", "Admins must"],
  ["admins_and_leads", "Admins and leads must"],
] as const;
type Choice = (typeof CHOICES)[number][0];

/** Whom the site asks for a second factor. */
export function SecondFactorSetting({ of }: { of: Choice }) {
  const [shown, show] = useOptimistic(of);
  const [isPending, start] = useTransition();
  const choose = (value: string) => {
    const chosen = CHOICES.find(([key]) => key === value)?.[0];
    if (chosen === undefined) return;
    start(async () => {
      show(chosen);
      await act(() => setSecondFactorOf({ of: chosen }), { message: "Saved." });
    });
  };
  return (
    <div className="max-w-sm">
      <Select
        label="Who must have one"
        value={shown}
        disabled={isPending}
        onChange={(event) => choose(event.target.value)}
        help="Who has none sets it up before anything else. Sign-ins by a provider are left to it."
      >
        {CHOICES.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </Select>
    </div>
  );
}
