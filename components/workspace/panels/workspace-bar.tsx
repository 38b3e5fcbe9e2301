"use client";
import { ArrowLeft, BookOpen, Keyboard, Redo2, Undo2 } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ariaKeysOf, type Keymap } from "@/lib/domain/keyboard/keymap";
import type { SaveState } from "../session/outbox";
import { SaveSign } from "./save-sign";

/** The one bar of the workspace: where I am, whether it is saved, and what is always at hand. */
export function WorkspaceBar({
  title,
  projectId,
  projectName,
  saveState,
  keymap,
  canUndo,
  canRedo,
  onUndo,
  onRedo,
  onRetry,
  onDiscard,
  onCopy,
  onKeys,
  onGuidelines,
  children,
}: {
  title: string;
  projectId: string;
  projectName: string;
  saveState: SaveState;
  keymap: Keymap;
  canUndo: boolean;
  canRedo: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onRetry: () => void;
  onDiscard: () => void;
  onCopy: () => void;
  onKeys: () => void;
  onGuidelines: () => void;
  /** Further menus. */
  children: ReactNode;
}) {
  return (
    <header className="workspace-edge sticky top-0 z-20 border-b border-line bg-surface">
      <div className="mx-auto flex min-h-12 max-w-7xl flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1">
        <Link
          href={`/projects/${projectId}`}
          aria-label={`Back to ${projectName}`}
          title={`Back to ${projectName}`}
          className="inline-flex size-8 items-center justify-center rounded text-ink-soft hover:bg-sunken"
        >
          <ArrowLeft aria-hidden size={16} />
        </Link>
        <h1 className="min-w-0 flex-1 truncate text-sm font-medium">
          <bdi>{title}</bdi>
        </h1>
        <SaveSign state={saveState} onRetry={onRetry} onDiscard={onDiscard} onCopy={onCopy} />
        <div className="flex items-center">
          <Button
            tone="quiet"
            size="small"
            disabled={!canUndo}
            onClick={onUndo}
            aria-label="Undo"
            aria-keyshortcuts={ariaKeysOf(keymap, "undo")}
          >
            <Undo2 aria-hidden size={15} />
          </Button>
          <Button
            tone="quiet"
            size="small"
            disabled={!canRedo}
            onClick={onRedo}
            aria-label="Redo"
            aria-keyshortcuts={ariaKeysOf(keymap, "redo")}
          >
            <Redo2 aria-hidden size={15} />
          </Button>
          <Button
            tone="quiet"
            size="small"
            onClick={onGuidelines}
            aria-label="Guidelines"
            aria-keyshortcuts={ariaKeysOf(keymap, "show_guidelines")}
          >
            <BookOpen aria-hidden size={15} />
            <span className="hidden md:inline">Guidelines</span>
          </Button>
          {children}
          <Button
            tone="quiet"
            size="small"
            onClick={onKeys}
            aria-label="Keys"
            aria-keyshortcuts={ariaKeysOf(keymap, "show_keys")}
          >
            <Keyboard aria-hidden size={15} />
            <span className="hidden md:inline">Keys</span>
          </Button>
        </div>
      </div>
    </header>
  );
}
