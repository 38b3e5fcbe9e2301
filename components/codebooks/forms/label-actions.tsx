"use client";
import { Archive, ArrowRightLeft, Copy, Merge, RotateCcw, Split, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Codebook, Label, Layer } from "@/lib/domain/codebook/language";
import { archiveLabel, restoreLabel } from "@/lib/domain/codebook/restructure";
import { useEditor } from "../editing/editor-context";
import { duplicate, remove } from "../editing/edits";
import { placeExists } from "../editing/place";
import { reservedKeys } from "../editing/reserved-keys";
import { MergeDialog } from "./merge-dialog";
import { MoveLayerDialog } from "./move-layer-dialog";
import { SplitDialog } from "./split-dialog";

type Asked = "merge" | "split" | "move" | null;

/**
 * What can be done with a label as a whole. A published one may be in use: it is archived and keeps its
 * annotations, or is merged, split or moved, which says what becomes of them.
 */
export function LabelActions({
  codebook,
  layer,
  label,
}: {
  codebook: Codebook;
  layer: Layer;
  label: Label;
}) {
  const { published, rules, apply, restructure } = useEditor();
  const [asked, setAsked] = useState<Asked>(null);
  const place = { kind: "label", layer: layer.key, label: label.key } as const;
  const at = { layer: layer.key, label: label.key };
  const isPublished = published !== null && placeExists(published, place);
  const close = () => setAsked(null);
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          onClick={() => apply(duplicate(codebook, place, reservedKeys(published, place)))}
        >
          <Copy aria-hidden size={14} /> Duplicate
        </Button>
        {isPublished && label.archived ? (
          <Button
            size="small"
            onClick={() =>
              restructure({ ...restoreLabel(codebook, at), rules: withoutRulesOf(rules, at) })
            }
          >
            <RotateCcw aria-hidden size={14} /> Use it again
          </Button>
        ) : null}
        {isPublished && !label.archived ? (
          <RetireButtons {...{ codebook, layer, label }} onAsk={setAsked} />
        ) : null}
        {isPublished ? null : (
          <Button size="small" tone="danger" onClick={() => apply(remove(codebook, place))}>
            <Trash2 aria-hidden size={14} /> Delete
          </Button>
        )}
      </div>
      <p className="text-[13px] text-ink-soft">
        {isPublished
          ? "This label is published. What carries it keeps it: an archived label is no longer offered, and its annotations stay."
          : "This label was never published, so nothing carries it yet."}
      </p>
      {asked === "merge" ? <MergeDialog {...{ layer, label }} onClose={close} /> : null}
      {asked === "split" ? <SplitDialog {...{ layer, label }} onClose={close} /> : null}
      {asked === "move" ? <MoveLayerDialog {...{ layer, label }} onClose={close} /> : null}
    </div>
  );
}

/** The ways of taking a published label out of use. */
function RetireButtons({
  codebook,
  layer,
  label,
  onAsk,
}: {
  codebook: Codebook;
  layer: Layer;
  label: Label;
  onAsk: (asked: Asked) => void;
}) {
  const { rules, restructure } = useEditor();
  const at = { layer: layer.key, label: label.key };
  const hasSiblings = layer.labels.some((each) => each.key !== label.key && each.selectable);
  const hasLayers = codebook.layers.some(
    (each) => each.key !== layer.key && each.level === layer.level && layer.level !== "relation",
  );
  return (
    <>
      <Button
        size="small"
        onClick={() => restructure({ codebook: archiveLabel(codebook, at).codebook, rules })}
      >
        <Archive aria-hidden size={14} /> Archive
      </Button>
      {label.selectable && hasSiblings ? (
        <Button size="small" onClick={() => onAsk("merge")}>
          <Merge aria-hidden size={14} /> Merge into…
        </Button>
      ) : null}
      {label.selectable ? (
        <Button size="small" onClick={() => onAsk("split")}>
          <Split aria-hidden size={14} /> Split…
        </Button>
      ) : null}
      {label.selectable && hasLayers ? (
        <Button size="small" onClick={() => onAsk("move")}>
          <ArrowRightLeft aria-hidden size={14} /> Move to a layer…
        </Button>
      ) : null}
    </>
  );
}

/** Rules that say what becomes of a label's annotations no longer hold once it is used again. */
function withoutRulesOf<Rule extends { kind: string }>(
  rules: readonly Rule[],
  at: { layer: string; label: string },
): Rule[] {
  return rules.filter((rule) => {
    if (!("layer" in rule) || rule.layer !== at.layer) return true;
    if ("label" in rule) return rule.label !== at.label;
    return !("labels" in rule && Array.isArray(rule.labels) && rule.labels.includes(at.label));
  });
}
