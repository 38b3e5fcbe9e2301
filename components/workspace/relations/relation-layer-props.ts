import type { RefObject } from "react";
import type { AnnotationState } from "@/lib/domain/annotation/state";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
import type { Annotator } from "../annotator";
import type { Looks } from "../text/block-view";
import type { ShownText } from "../text/document-view";
import type { AnnotatorView } from "../text-cursor";

/** What the arrows over the article are drawn from. */
export type RelationLayerProps = {
  shown: ShownText;
  codebook: CodebookIndex;
  looks: Looks;
  annotator: Annotator;
  annotations: AnnotationState;
  view: AnnotatorView;
  /** Arrows of all relations, and not only those of the selected span. */
  showsAll: boolean;
  isDisabled: boolean;
  rootRef: RefObject<HTMLDivElement | null>;
};
