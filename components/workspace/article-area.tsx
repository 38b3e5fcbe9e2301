"use client";
import { type RefObject, useCallback, useState } from "react";
import type { EditContext } from "@/lib/domain/annotation/edit";
import type { AnnotationState } from "@/lib/domain/annotation/state";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
import type { Reading } from "@/lib/domain/reading";
import type { Tables } from "@/lib/domain/text/movement";
import type { Annotator } from "./annotator";
import { drawPanels } from "./panels/after-text";
import { FindBar } from "./panels/find-bar";
import { LateNames } from "./reading/late-names";
import { LateRelationLayer } from "./relations/late-relations";
import type { AnnotationSession } from "./session/annotation-session";
import type { Looks } from "./text/block-view";
import type { ShownText } from "./text/document-view";
import { LabelToolbar } from "./text/label-toolbar";
import type { LeadingCommand } from "./text/text-keys";
import { scrollToPlace, TextView } from "./text/text-view";
import type { AnnotatorView } from "./text-cursor";
import type { KeysInForce } from "./workspace-keys";

/** What stays the same while a document is open. */
export type WorkspaceParts = {
  context: EditContext;
  codebook: CodebookIndex;
  shown: ShownText;
  tables: Tables;
  session: AnnotationSession;
  looks: Looks;
  annotator: Annotator;
};

/** The article with what appears on it: the search field and the labels at chosen words. */
export function ArticleArea({
  parts,
  keys,
  annotations,
  view,
  reading,
  isDisabled,
  language,
  textRef,
  onDialog,
}: {
  parts: WorkspaceParts;
  keys: KeysInForce;
  annotations: AnnotationState;
  view: AnnotatorView;
  reading: Reading;
  isDisabled: boolean;
  language: string;
  textRef: RefObject<HTMLDivElement | null>;
  onDialog: (dialog: "occurrences" | "choose_label" | "by_text") => void;
}) {
  const { annotator, codebook, shown, tables, looks } = parts;
  const [isFinding, setFinding] = useState(false);
  const find = useCallback((text: string) => annotator.find(text), [annotator]);
  const lead = (command: LeadingCommand) => {
    if (command === "enter_span") {
      focusPanel(annotator.selectedRelation() ? "#relation-editor" : "#span-editor input");
    } else if (command === "find") setFinding(true);
    else if (command !== "comment") onDialog(command);
    else focusPanel(view.selection.kind === "span" ? "#span-comment" : "#document-comment");
  };
  return (
    <>
      {isFinding ? (
        <FindBar
          find={find}
          onGo={(place) => {
            annotator.goTo(place);
            if (textRef.current) scrollToPlace(place, textRef.current, shown, tables);
          }}
          onClose={() => {
            setFinding(false);
            textRef.current?.focus();
          }}
        />
      ) : null}
      <div className="article-frame">
        <TextView
          shown={shown}
          tables={tables}
          annotations={annotations}
          looks={looks}
          view={view}
          annotator={annotator}
          keys={keys}
          language={language}
          rootRef={textRef}
          onCommand={lead}
        />
        <LateRelationLayer
          {...{ shown, codebook, looks, annotator, annotations, view, isDisabled }}
          showsAll={reading.relations}
          rootRef={textRef}
        />
        <LateNames
          {...{ shown, codebook, looks, annotations }}
          isOn={reading.names}
          selectedId={view.selection.kind === "span" ? view.selection.spanId : null}
          rootRef={textRef}
          onSelect={(spanId) => annotator.selectSpan(spanId)}
        />
      </div>
      {isDisabled ? null : (
        <LabelToolbar
          range={view.selection.kind === "words" ? view.selection.range : null}
          shown={shown}
          rootRef={textRef}
          codebook={codebook.codebook}
          looks={looks}
          keys={keys.labelStrokes}
          canAddPiece={annotator.spanToExtend() !== undefined}
          onChoose={(layer, label) => annotator.label({ layer, label })}
          onAddPiece={() => annotator.addPiece()}
        />
      )}
    </>
  );
}

/** Leads the focus to a field of the panels. */
export function focusPanel(selector: string): void {
  // They may be a step behind the text just now.
  drawPanels();
  document.querySelector<HTMLElement>(selector)?.focus();
}
