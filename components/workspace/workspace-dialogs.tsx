"use client";
import type { Span } from "@/lib/domain/annotation/state";
import type { Codebook } from "@/lib/domain/codebook/language";
import type { WorkspaceParts } from "./article-area";
import { Guidelines } from "./panels/guidelines";
import { KeyHelp } from "./panels/key-help";
import { OccurrencesDialog } from "./panels/occurrences-dialog";
import { SignInAgain } from "./panels/sign-in-again";
import { SkipDialog } from "./panels/skip-dialog";

export type OpenDialog = "none" | "keys" | "guidelines" | "sign_in" | "skip" | "occurrences";

export type WorkspaceDialogsProps = {
  open: OpenDialog;
  parts: WorkspaceParts;
  selected: Span | undefined;
  codebook: Codebook;
  instructions: string;
  email: string;
  onClose: () => void;
  onSignedIn: () => void;
  /** Answers what stood against it, if anything. */
  onSkip: (reason: string) => Promise<string | null>;
};

/** What the workspace shows above itself when asked. */
export function WorkspaceDialogs({
  open,
  parts,
  selected,
  codebook,
  instructions,
  email,
  onClose,
  onSignedIn,
  onSkip,
}: WorkspaceDialogsProps) {
  return (
    <>
      <KeyHelp isOpen={open === "keys"} onClose={onClose} />
      {open === "occurrences" ? (
        <OccurrencesDialog
          places={parts.annotator.otherOccurrences()}
          labelName={
            selected ? (parts.codebook.label(selected.layer, selected.label)?.name ?? "") : ""
          }
          index={parts.shown.index}
          onClose={onClose}
          onMark={(places) => {
            parts.annotator.propagate(places);
            onClose();
          }}
        />
      ) : null}
      <Guidelines
        codebook={codebook}
        instructions={instructions}
        looks={parts.looks}
        isOpen={open === "guidelines"}
        onClose={onClose}
      />
      <SignInAgain
        email={email}
        isOpen={open === "sign_in"}
        onClose={onClose}
        onDone={onSignedIn}
      />
      <SkipDialog isOpen={open === "skip"} onClose={onClose} onSkip={onSkip} />
    </>
  );
}
