"use client";
import { type RefObject, useRef, useState } from "react";
import { Dialog, Popover } from "react-aria-components";
import { useEditor } from "../editing/editor-context";
import { editAttribute, editLabel, editLayer } from "../editing/edits";
import { findAttribute, findLabel, findLayer, type Place, placeId } from "../editing/place";

/** A field over the row of the outline that is renamed: Enter takes the name, Escape leaves it. */
export function RenamePopover({
  place,
  anchor,
  onClose,
}: {
  place: Place | null;
  /** What holds the rows. */
  anchor: RefObject<HTMLElement | null>;
  onClose: (id: string) => void;
}) {
  const row = useRef<Element | null>(null);
  if (place === null) return null;
  const id = placeId(place);
  row.current = anchor.current?.querySelector(`[data-key="${CSS.escape(id)}"]`) ?? null;
  return (
    <Popover
      triggerRef={row}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose(id);
      }}
      placement="bottom start"
      offset={-32}
      className="z-50 rounded-md border border-accent bg-surface p-1 shadow-lg"
    >
      <Dialog aria-label="Rename" className="outline-none">
        <NameField key={id} place={place} onClose={() => onClose(id)} />
      </Dialog>
    </Popover>
  );
}

function NameField({ place, onClose }: { place: Place; onClose: () => void }) {
  const { codebook, edit } = useEditor();
  const [name, setName] = useState(nameOf());

  function nameOf(): string {
    switch (place.kind) {
      case "layer":
        return findLayer(codebook, place.layer)?.name ?? "";
      case "label":
        return findLabel(codebook, place.layer, place.label)?.name ?? "";
      case "attribute":
        return findAttribute(codebook, place.layer, place.attribute)?.name ?? "";
      default:
        return "";
    }
  }

  const save = () => {
    if (name.trim() !== "") {
      edit((before) => {
        switch (place.kind) {
          case "layer":
            return editLayer(before, place.layer, { name });
          case "label":
            return editLabel(before, place.layer, place.label, { name });
          case "attribute":
            return editAttribute(before, place.layer, place.attribute, { name });
          default:
            return before;
        }
      });
    }
    onClose();
  };
  return (
    <input
      aria-label="Name"
      value={name}
      maxLength={200}
      // biome-ignore lint/a11y/noAutofocus: the popover is opened to type in it
      autoFocus
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => setName(target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
      }}
      className="h-8 w-60 rounded border border-line-strong bg-surface px-2 text-sm"
    />
  );
}
