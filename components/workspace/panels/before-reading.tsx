"use client";
import { Button } from "@/components/ui/button";
import type { AnnotationState } from "@/lib/domain/annotation/state";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
import type { Range } from "@/lib/domain/text/offsets";
import type { Annotator } from "../annotator";
import { openQuestions } from "../reading-step";
import { UnitLabels } from "./unit-labels";

/** Questions that are answered before the article is shown; nothing is chosen beforehand. */
export function BeforeReading({
  codebook,
  annotations,
  annotator,
  place,
  onRead,
}: {
  codebook: CodebookIndex;
  annotations: AnnotationState;
  annotator: Annotator;
  /** The whole document, in code points. */
  place: Range;
  onRead: () => void;
}) {
  const needed = openQuestions(codebook, annotations).filter(({ required }) => required);
  return (
    <section aria-labelledby="before-reading" className="flex flex-col gap-4 py-4">
      <h2 id="before-reading" className="text-base font-semibold">
        Before you read
      </h2>
      <UnitLabels
        unit="document"
        moment="before_reading"
        place={place}
        codebook={codebook}
        annotations={annotations}
        selected={undefined}
        isDisabled={false}
        onChange={(changes) => annotator.change(changes)}
      />
      {needed.length === 0 ? null : (
        <p className="text-[13px] text-ink-soft">
          Needed first: {needed.map(({ name }) => name).join(", ")}.
        </p>
      )}
      <div>
        <Button tone="primary" disabled={needed.length > 0} onClick={onRead}>
          Read the article
        </Button>
      </div>
    </section>
  );
}
