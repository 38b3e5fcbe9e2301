"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { LabelKey } from "@/lib/domain/keyboard/key-settings";
import type { KeySettings } from "@/lib/domain/keyboard/keymap";
import { type ChangeKeys, KeyTable } from "../keys/key-table";

/** The whole keyboard grammar on one sheet, as it is for this person; it can be changed there. */
export function KeyHelp({
  settings,
  labels,
  isOpen,
  onChange,
  onClose,
}: {
  settings: KeySettings;
  labels: readonly LabelKey[];
  isOpen: boolean;
  onChange: ChangeKeys;
  onClose: () => void;
}) {
  const [isChanging, setChanging] = useState(false);
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={onClose} size="wide">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-[13px] text-ink-soft">
          Keys work while the article has the focus: click it or press Tab until it is outlined. On
          a Mac, Command does what Ctrl does.
        </p>
        <Button size="small" aria-pressed={isChanging} onClick={() => setChanging(!isChanging)}>
          {isChanging ? "Done changing" : "Change keys"}
        </Button>
      </div>
      <KeyTable settings={settings} labels={labels} isChanging={isChanging} onChange={onChange} />
    </Dialog>
  );
}
