"use client";
import type { AnnotationState, Span } from "@/lib/domain/annotation/state";
import type { Codebook } from "@/lib/domain/codebook/language";
import type { KeySettings } from "@/lib/domain/keyboard/keymap";
import type { WorkspaceParts } from "./article-area";
import type { ChangeKeys } from "./keys/key-table";
import { ByTextDialog } from "./panels/by-text-dialog";
import { Guidelines } from "./panels/guidelines";
import { KeyHelp } from "./panels/key-help";
import { LabelSearch } from "./panels/label-search";
import { OccurrencesDialog } from "./panels/occurrences-dialog";
import { SignInAgain } from "./panels/sign-in-again";
import { SkipDialog } from "./panels/skip-dialog";
import { type KeysInForce, labelsWithKeys } from "./workspace-keys";

export type OpenDialog =
  | "none"
  | "keys"
  | "guidelines"
  | "sign_in"
  | "skip"
  | "occurrences"
  | "choose_label"
  | "by_text";

export type WorkspaceDialogsProps = {
  open: OpenDialog;
  parts: WorkspaceParts;
  annotations: AnnotationState;
  keys: KeysInForce;
  keySettings: KeySettings;
  onKeySettings: ChangeKeys;
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
  annotations,
  keys,
  keySettings,
  onKeySettings,
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
      <KeyHelp
        settings={keySettings}
        labels={labelsWithKeys(codebook, keySettings)}
        isOpen={open === "keys"}
        onChange={onKeySettings}
        onClose={onClose}
      />
      {open === "choose_label" ? (
        <LabelSearch
          codebook={codebook}
          looks={parts.looks}
          strokes={keys.labelStrokes}
          words={parts.annotator.wordsAtHand()}
          onClose={onClose}
          onChoose={(choice) => {
            onClose();
            parts.annotator.label(choice);
          }}
        />
      ) : null}
      {open === "by_text" ? (
        <ByTextDialog
          annotations={annotations}
          annotator={parts.annotator}
          codebook={parts.codebook}
          index={parts.shown.index}
          tables={parts.tables}
          onClose={onClose}
        />
      ) : null}
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
        onDone={() => {
          onClose();
          onSignedIn();
        }}
      />
      <SkipDialog isOpen={open === "skip"} onClose={onClose} onSkip={onSkip} />
    </>
  );
}
