import clsx from "clsx";
import { Fragment, memo, type ReactNode } from "react";
import { cutSegments, depthOf, type Segment } from "@/lib/domain/annotation/lanes";
import type { Span, UnitLabel } from "@/lib/domain/annotation/state";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";
import type { TextIndex } from "@/lib/domain/text/offsets";
import { type BlockRole, roleName } from "@/lib/domain/text/roles";
import type { ShownBlock } from "./document-view";

export type Looks = ReadonlyMap<string, LabelLook>;

const ROLE_CLASSES: Partial<Record<BlockRole, string>> = {
  headline: "font-semibold text-[1.55em] tracking-tight",
  standfirst: "font-medium text-[1.06em]",
  subheading: "font-semibold text-[1.12em] mt-6",
  quote: "border-s-2 border-line-strong ps-4",
};

/** One block of the article with its spans. Drawn again only when something in it changed. */
export const BlockView = memo(function BlockView({
  block,
  index,
  spans,
  unitLabels,
  looks,
  selectedId,
  unlisted,
  isLater,
}: {
  block: ShownBlock;
  index: TextIndex;
  spans: readonly Span[];
  /** Labels on this block or its sentences. */
  unitLabels: readonly UnitLabel[] | undefined;
  looks: Looks;
  /** The selected span, where it stands in this block. */
  selectedId: string | null;
  /** Ids of its spans that have no entry in the page just now, joined by spaces. */
  unlisted: string;
  /** Its words only for now: its turn has not come while the page opens. */
  isLater: boolean;
}) {
  // Not kept from one drawing to the next: thousands of spans are, once, and that is memory enough.
  const segments = isLater
    ? []
    : cutSegments(
        block,
        spans,
        unitLabels?.map((label) => label.start),
      );
  return (
    <p
      dir="auto"
      data-block={block.position}
      data-role={block.isAnnotatable ? undefined : roleName(block.role)}
      data-kind={block.role}
      data-depth={Math.min(depthOf(segments), 8)}
      className={clsx(
        "text-block",
        block.isAnnotatable ? ROLE_CLASSES[block.role] : "text-block-quiet",
        isLater && "is-later",
      )}
    >
      {isLater ? block.text : null}
      {segments.map((segment) => {
        const words = index.slice(segment.start, segment.end);
        // Called, not drawn as components: of a long article that would be tens of thousands.
        const marked = drawSegment(segment, words, { looks, selectedId, unlisted });
        const sign = drawUnitSign(segment.start, unitLabels, looks);
        if (sign === null && typeof marked !== "string") return marked;
        return (
          <Fragment key={segment.start}>
            {sign}
            {marked}
          </Fragment>
        );
      })}
    </p>
  );
});

/** The codes of a labelled sentence or block, before its first word; drawn, so that it is no text. */
function drawUnitSign(
  at: number,
  labels: readonly UnitLabel[] | undefined,
  looks: Looks,
): ReactNode {
  const here = labels?.filter((label) => label.start === at) ?? [];
  if (here.length === 0) return null;
  const codes = here.map(({ layer, label }) => looks.get(lookKey(layer, label))?.code ?? "?");
  return <span data-codes={codes.join(" ")} className="unit-sign" />;
}

function drawSegment(
  segment: Segment,
  words: string,
  { looks, selectedId, unlisted }: { looks: Looks; selectedId: string | null; unlisted: string },
): ReactNode {
  if (segment.covers.length === 0) return words;
  const ids = segment.covers.map(({ span }) => span.id);
  const codes = segment.begins.map((span) => codeOf(span, looks)).join(" ");
  const listed = unlisted === "" ? ids : ids.filter((id) => !unlisted.includes(id));
  let lined: ReactNode = words;
  for (const { span, lane } of segment.covers) {
    lined = (
      <span className={laneClasses(lane, looks.get(lookKey(span.layer, span.label)))}>{lined}</span>
    );
  }
  return (
    <mark
      key={segment.start}
      data-spans={ids.join(" ")}
      data-codes={codes === "" ? undefined : codes}
      aria-details={listed.length === 0 ? undefined : listed.map((id) => `item-${id}`).join(" ")}
      className={clsx("segment", selectedId !== null && ids.includes(selectedId) && "is-selected")}
    >
      {lined}
    </mark>
  );
}

const classesOfLanes = new Map<string, string>();

/** One string for all lanes that look alike, not one for each of thousands. */
function laneClasses(lane: number, look: LabelLook | undefined): string {
  const { colour = "grey", line = "solid" } = look ?? {};
  const key = `${lane} ${colour} ${line}`;
  const known = classesOfLanes.get(key);
  if (known !== undefined) return known;
  const made = `lane lane-${lane} label-${colour} line-${line}`;
  classesOfLanes.set(key, made);
  return made;
}

function codeOf(span: Span, looks: Looks): string {
  return looks.get(lookKey(span.layer, span.label))?.code ?? "?";
}
