"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { setKeys } from "@/lib/actions/accounts";
import type { KeySettings } from "@/lib/domain/keyboard/keymap";
import { counted } from "@/lib/domain/wording";
import { KeyTable } from "./key-table";

/** The person's keys on the page of their account, where no codebook is at hand. */
export function OwnKeys({ given }: { given: KeySettings }) {
  const [settings, setSettings] = useState(given);
  const change = async (next: KeySettings): Promise<string | null> => {
    setSettings(next);
    const saved = await setKeys(next).catch(() => null);
    if (saved?.ok) return null;
    setSettings(settings);
    return saved === null
      ? "The server could not be reached; the keys are as before."
      : saved.failure.message;
  };
  const ownLabels = Object.keys(settings.labels).length;
  return (
    <>
      <h2 className="sr-only">Commands</h2>
      <KeyTable settings={settings} labels={[]} isChanging onChange={change} />
      <p className="mt-4 flex flex-wrap items-center gap-2 text-[13px] text-ink-soft">
        {ownLabels === 0
          ? "Keys of labels are changed in the workspace, under Keys, where the codebook is at hand."
          : `${counted(ownLabels, "label has", "labels have")} a key of your own; they are changed in the workspace, under Keys.`}
        {ownLabels > 0 ? (
          <Button size="small" onClick={() => void change({ ...settings, labels: {} })}>
            Reset the labels' keys
          </Button>
        ) : null}
      </p>
    </>
  );
}
