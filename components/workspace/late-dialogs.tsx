"use client";
import { type ComponentType, useEffect, useState } from "react";
import type { WorkspaceDialogsProps } from "./workspace-dialogs";

/** Time for the page to get ready first, and between two tries to fetch the script. */
const FIRST_MS = 300;
const AGAIN_MS = 3000;

/**
 * The dialogs, whose script the page fetches once it is ready for work: before they are asked for, so
 * that they open without the network too.
 */
export function LateDialogs(props: WorkspaceDialogsProps) {
  const [Dialogs, setDialogs] = useState<ComponentType<WorkspaceDialogsProps> | null>(null);
  useEffect(() => {
    let timer = setTimeout(take, FIRST_MS);
    let isOver = false;
    async function take() {
      try {
        const { WorkspaceDialogs } = await import("./workspace-dialogs");
        if (!isOver) setDialogs(() => WorkspaceDialogs);
      } catch {
        // No network just now: a dialog that is asked for meanwhile opens when the script is there.
        if (!isOver) timer = setTimeout(take, AGAIN_MS);
      }
    }
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return Dialogs === null ? null : <Dialogs {...props} />;
}
