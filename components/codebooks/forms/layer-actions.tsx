"use client";
import { Archive, Copy, RotateCcw, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { Layer } from "@/lib/domain/codebook/language";
import { useEditor } from "../editing/editor-context";
import { duplicate, editLayer, remove } from "../editing/edits";
import { placeExists } from "../editing/place";
import { reservedKeys } from "../editing/reserved-keys";

/** What can be done with a layer as a whole. A published one is archived and keeps its annotations. */
export function LayerActions({ layer }: { layer: Layer }) {
  const { codebook, published, apply, edit } = useEditor();
  const place = { kind: "layer", layer: layer.key } as const;
  const isPublished = published !== null && placeExists(published, place);
  return (
    <div className="flex flex-wrap gap-2 border-t border-line pt-3">
      <Button
        size="small"
        onClick={() => apply(duplicate(codebook, place, reservedKeys(published, place)))}
      >
        <Copy aria-hidden size={14} /> Duplicate
      </Button>
      {isPublished ? (
        <Button
          size="small"
          onClick={() =>
            edit((before) => editLayer(before, layer.key, { archived: !layer.archived }))
          }
        >
          {layer.archived ? <RotateCcw aria-hidden size={14} /> : <Archive aria-hidden size={14} />}
          {layer.archived ? "Use it again" : "Archive"}
        </Button>
      ) : (
        <Button size="small" tone="danger" onClick={() => apply(remove(codebook, place))}>
          <Trash2 aria-hidden size={14} /> Delete
        </Button>
      )}
    </div>
  );
}
