"use client";
import clsx from "clsx";
import { ChevronRight, GripVertical } from "lucide-react";
import { memo, useMemo, useRef, useState } from "react";
import {
  Button as AriaButton,
  Collection,
  DropIndicator,
  type DropTarget,
  type Key,
  Tree,
  TreeItem,
  TreeItemContent,
  useDragAndDrop,
} from "react-aria-components";
import { Swatch } from "@/components/ui/swatch";
import { useEditor } from "../editing/editor-context";
import { move, moveProblem, type Step, step, type Target } from "../editing/moves";
import { type Place, parsePlace, placeId } from "../editing/place";
import { filterNodes, type OutlineNode, outlineNodes, parentIds } from "./outline-nodes";
import { RenamePopover } from "./rename-popover";

const STEPS: Record<string, Step> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "in",
  ArrowLeft: "out",
};

/** Layers, labels, groups and questions as a tree: choose, rename, and move by mouse or keys. */
export function Outline({
  onOpen,
  onRemove,
}: {
  onOpen: () => void;
  onRemove: (place: Place) => void;
}) {
  const editor = useEditor();
  const { codebook, looks, keys, findings, place, go, edit } = editor;
  const [search, setSearch] = useState("");
  const [collapsed, setCollapsed] = useState<ReadonlySet<Key>>(new Set());
  const [renamed, setRenamed] = useState<Place | null>(null);
  const [told, setTold] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const dragged = useRef<Place | null>(null);

  const all = useMemo(
    () => outlineNodes({ codebook, looks, keys, findings }),
    [codebook, looks, keys, findings],
  );
  const nodes = useMemo(() => filterNodes(all, search), [all, search]);
  const isSearching = search.trim() !== "";
  const expanded = parentIds(nodes).filter((id) => isSearching || !collapsed.has(id));

  const focusRow = (id: string) =>
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(id)}"]`)?.focus(),
    );

  const { dragAndDropHooks } = useDragAndDrop<OutlineNode>({
    isDisabled: isSearching,
    getItems: (ids) => [...ids].map((id) => ({ "text/plain": String(id) })),
    onDragStart: ({ keys: ids }) => {
      const [id] = ids;
      dragged.current = id === undefined ? null : parsePlace(String(id));
    },
    onDragEnd: () => {
      dragged.current = null;
    },
    getDropOperation: (target) => {
      const to = targetOf(target);
      const moved = dragged.current;
      if (to === null || moved === null) return "cancel";
      return moveProblem(codebook, moved, to) === null ? "move" : "cancel";
    },
    onMove: ({ keys: ids, target }) => {
      const to = targetOf(target);
      const [id] = ids;
      if (to === null || id === undefined) return;
      const moved = parsePlace(String(id));
      edit((before) => move(before, moved, to));
      focusRow(String(id));
    },
    renderDropIndicator: (target) => (
      <DropIndicator
        target={target}
        className={({ isDropTarget }) =>
          isDropTarget ? "block h-0.5 rounded bg-accent" : "block h-0"
        }
      />
    ),
  });

  const onStep = (here: Place, direction: Step) => {
    const after = step(codebook, here, direction);
    setTold(after === codebook ? CANNOT[direction] : MOVED[direction]);
    edit(() => after);
    focusRow(placeId(here));
  };
  const onKeys = (event: React.KeyboardEvent) => {
    const row = (event.target as Element).closest("[data-key]");
    if (row === null || event.target !== row) return;
    const here = parsePlace(row.getAttribute("data-key") ?? "");
    const act = actOf(event, isNamed(here));
    if (act === null) return;
    if (act === "open") onOpen();
    else if (act === "rename") setRenamed(here);
    else if (act === "remove") onRemove(here);
    else onStep(here, act);
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="flex min-h-0 flex-col gap-2">
      <input
        type="search"
        aria-label="Search the outline"
        placeholder="Search labels"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
        className="h-8 w-full shrink-0 rounded-md border border-line-strong bg-surface px-2 text-sm"
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and clicks of the rows within */}
      <div
        ref={box}
        onKeyDownCapture={onKeys}
        onClickCapture={(event) => {
          const target = event.target as Element;
          if (target.closest("[data-key]") !== null && target.closest("button") === null) onOpen();
        }}
        onDoubleClick={(event) => {
          const id = (event.target as Element).closest("[data-key]")?.getAttribute("data-key");
          const here = parsePlace(id ?? "");
          if (isNamed(here)) setRenamed(here);
        }}
        className="min-h-0 overflow-y-auto"
      >
        <Tree
          aria-label="Outline of the codebook"
          items={nodes}
          selectionMode="single"
          selectionBehavior="replace"
          disallowEmptySelection
          selectedKeys={[placeId(place)]}
          onSelectionChange={(selection) => {
            if (selection === "all") return;
            const [id] = selection;
            if (id !== undefined) go(parsePlace(String(id)));
          }}
          expandedKeys={expanded}
          onExpandedChange={(next) =>
            setCollapsed(new Set(parentIds(nodes).filter((id) => !next.has(id))))
          }
          dragAndDropHooks={dragAndDropHooks}
          renderEmptyState={() => (
            <p className="p-2 text-[13px] text-ink-soft">Nothing is called “{search}”.</p>
          )}
          className="outline-none"
        >
          {(node) => <OutlineRow node={node} isFixed={isSearching} />}
        </Tree>
      </div>
      <p aria-live="polite" className="sr-only">
        {told}
      </p>
      <RenamePopover
        place={renamed}
        anchor={box}
        onClose={(id) => {
          setRenamed(null);
          focusRow(id);
        }}
      />
    </div>
  );
}

const MOVED: Record<Step, string> = {
  up: "Moved up.",
  down: "Moved down.",
  in: "Moved into the group above.",
  out: "Moved out of its group.",
};
const CANNOT: Record<Step, string> = {
  up: "It is the first.",
  down: "It is the last.",
  in: "There is no label above that it could go below.",
  out: "It is in no group.",
};

/** What a key on a row asks for. */
function actOf(
  { key, altKey }: { key: string; altKey: boolean },
  canBeNamed: boolean,
): Step | "open" | "rename" | "remove" | null {
  const direction = altKey ? STEPS[key] : undefined;
  if (direction !== undefined) return direction;
  if (key === "Enter") return "open";
  if (!canBeNamed) return null;
  if (key === "F2") return "rename";
  return key === "Delete" ? "remove" : null;
}

function isNamed(place: Place): boolean {
  return place.kind === "layer" || place.kind === "label" || place.kind === "attribute";
}

function targetOf(target: DropTarget): Target | null {
  if (target.type !== "item") return null;
  const place = parsePlace(String(target.key));
  return { place, position: target.dropPosition === "on" ? "inside" : target.dropPosition };
}

const OutlineRow = memo(function OutlineRow({
  node,
  isFixed,
}: {
  node: OutlineNode;
  isFixed: boolean;
}) {
  return (
    <TreeItem
      id={node.id}
      textValue={node.name}
      className={({ isSelected, isDropTarget }) =>
        clsx(
          "group cursor-default rounded-md text-sm outline-offset-[-2px] data-focus-visible:outline-2 data-focus-visible:outline-(--focus) data-dragging:opacity-50",
          isSelected ? "bg-accent-soft" : "hover:bg-sunken",
          isDropTarget && "outline-2 outline-accent",
        )
      }
    >
      <TreeItemContent>
        {({ level, hasChildItems, isExpanded, allowsDragging }) => (
          <div className={clsx("flex min-h-8 items-center gap-1 pe-1", INDENT[Math.min(level, 6)])}>
            {hasChildItems ? (
              <AriaButton
                slot="chevron"
                className="inline-flex size-6 shrink-0 items-center justify-center rounded text-ink-soft"
              >
                <ChevronRight
                  aria-hidden
                  size={14}
                  className={clsx("transition-transform", isExpanded && "rotate-90")}
                />
              </AriaButton>
            ) : (
              <span className="w-6 shrink-0" />
            )}
            <RowContent node={node} />
            {allowsDragging && !isFixed ? (
              <AriaButton
                slot="drag"
                className={clsx(
                  "size-6 shrink-0 cursor-grab items-center justify-center rounded text-ink-faint opacity-0 group-hover:opacity-100 group-data-focus-visible-within:opacity-100 data-focus-visible:opacity-100",
                  node.isMovable ? "inline-flex" : "hidden",
                )}
              >
                <GripVertical aria-hidden size={14} />
              </AriaButton>
            ) : null}
          </div>
        )}
      </TreeItemContent>
      <Collection items={node.children}>
        {(child) => <OutlineRow node={child} isFixed={isFixed} />}
      </Collection>
    </TreeItem>
  );
});

const INDENT = ["", "", "ps-3", "ps-6", "ps-9", "ps-12", "ps-14"];

function RowContent({ node }: { node: OutlineNode }) {
  const isTop = node.place.kind === "layer";
  return (
    <>
      {node.look === null ? null : (
        <Swatch colour={node.look.colour} code={node.look.code} className="shrink-0" />
      )}
      <span
        className={clsx(
          "min-w-0 flex-1 truncate",
          isTop && "font-semibold",
          (node.isGroup || node.place.kind === "questions") && "text-ink-soft",
          node.isArchived && "text-ink-soft line-through",
        )}
      >
        {node.name}
      </span>
      {node.isArchived ? <span className="text-xs text-ink-soft">archived</span> : null}
      {node.note === "" ? null : <span className="text-xs text-ink-soft">{node.note}</span>}
      {node.problems > 0 ? (
        <span className="rounded bg-bad-soft px-1 text-xs font-medium text-bad">
          {node.problems === 1 ? "1 problem" : `${node.problems} problems`}
        </span>
      ) : null}
      {node.shortcut === null ? null : (
        <kbd className="rounded border border-line bg-surface px-1 font-mono text-xs text-ink-soft">
          {node.shortcut}
        </kbd>
      )}
    </>
  );
}
