"use client";
import clsx from "clsx";
import { Redo2, Undo2 } from "lucide-react";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { labelKeys } from "@/lib/domain/codebook/label-keys";
import type { Codebook } from "@/lib/domain/codebook/language";
import { labelLooks } from "@/lib/domain/codebook/looks";
import { archiveLabel } from "@/lib/domain/codebook/restructure";
import { AboutForm } from "../forms/about-form";
import { AttributeForm } from "../forms/attribute-form";
import { GuidelinesForm } from "../forms/guidelines-form";
import { LabelForm } from "../forms/label-form";
import { LayerForm } from "../forms/layer-form";
import { AddBar } from "../outline/add-bar";
import { Outline } from "../outline/outline";
import { PreviewPane } from "../preview/preview-pane";
import { type Editor, EditorContext, useEditor } from "./editor-context";
import { editAttribute, editLayer, remove } from "./edits";
import { findFindings } from "./findings";
import type { Draft } from "./history";
import {
  findAttribute,
  findLabel,
  findLayer,
  type Place,
  parsePlace,
  placeExists,
  placeId,
  placeName,
} from "./place";
import { ProblemList } from "./problem-list";
import type { DraftHistory } from "./use-draft-history";

type Pane = "outline" | "form" | "preview";

const PANES: Record<Pane, string> = { outline: "Outline", form: "Edit", preview: "Preview" };

/**
 * Edits a codebook: outline, form and preview side by side, one at a time on a narrow screen. It knows
 * nothing of where the draft is kept.
 */
export function CodebookEditor({
  history,
  published,
  status,
  at = "about",
  onTemplate,
}: {
  history: DraftHistory;
  published: Codebook | null;
  /** What stands beside undo and redo, such as the state of saving. */
  status: ReactNode;
  /** Where to begin, as `placeId` spells it. */
  at?: string;
  /** Asks for layers of a template to be added. */
  onTemplate: () => void;
}) {
  const editor = useEditorOf(history, published, at);
  const [pane, setPane] = useState<Pane>(at === "about" ? "outline" : "form");
  const { codebook } = editor;
  const onRemove = (place: Place) => removeOrArchive(place, editor);
  return (
    <EditorContext value={editor}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: undo and redo from anywhere in the editor */}
      <div
        onKeyDown={(event) => {
          if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
          const key = event.key.toLowerCase();
          if (key === "z" && !event.shiftKey) history.undo();
          else if (key === "y" || (key === "z" && event.shiftKey)) history.redo();
          else return;
          event.preventDefault();
        }}
        className="lg:mx-[calc(50%-min(50vw-1.5rem,48rem))]"
      >
        <div className="sticky top-12 z-20 mb-3 flex flex-wrap items-center gap-2 border-b border-line bg-canvas py-2">
          <Button size="small" disabled={!history.canUndo} onClick={history.undo}>
            <Undo2 aria-hidden size={14} /> Undo
          </Button>
          <Button size="small" disabled={!history.canRedo} onClick={history.redo}>
            <Redo2 aria-hidden size={14} /> Redo
          </Button>
          {status}
          <fieldset className="flex w-full gap-1 lg:hidden">
            <legend className="sr-only">Part of the editor to show</legend>
            {(["outline", "form", "preview"] as const).map((each) => (
              <Button
                key={each}
                size="small"
                aria-pressed={pane === each}
                tone={pane === each ? "primary" : "plain"}
                className="flex-1"
                onClick={() => setPane(each)}
              >
                {PANES[each]}
              </Button>
            ))}
          </fieldset>
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-6 lg:grid-cols-[16rem_minmax(0,1fr)_20rem] xl:grid-cols-[18rem_minmax(0,42rem)_minmax(22rem,1fr)]">
          <section
            aria-label="Outline"
            className={clsx(
              "flex flex-col gap-2 lg:sticky lg:top-[6.75rem] lg:flex lg:max-h-[calc(100vh-7.5rem)]",
              pane !== "outline" && "max-lg:hidden",
            )}
          >
            <Outline onOpen={() => setPane("form")} onRemove={onRemove} />
            <AddBar onTemplate={onTemplate} />
          </section>
          <section
            aria-label="Edit"
            className={clsx("min-w-0", pane !== "form" && "max-lg:hidden")}
          >
            <h2 className="mb-3 text-[15px] font-semibold">{placeName(codebook, editor.place)}</h2>
            <FormOf key={placeId(editor.place)} place={editor.place} />
          </section>
          <section
            aria-label="Preview"
            className={clsx(
              "min-w-0 lg:sticky lg:top-[6.75rem] lg:max-h-[calc(100vh-7.5rem)] lg:overflow-y-auto",
              pane !== "preview" && "max-lg:hidden",
            )}
          >
            <LaterPreview />
            <div className="mt-5 border-t border-line pt-3">
              <ProblemList onOpen={() => setPane("form")} />
            </div>
          </section>
        </div>
      </div>
    </EditorContext>
  );
}

/** The preview follows a moment later, so that typing is never held up. */
function LaterPreview() {
  const { codebook, looks, keys } = useEditor();
  const shown = useDeferredValue(
    useMemo(() => ({ codebook, looks, keys }), [codebook, looks, keys]),
  );
  return (
    <>
      <h2 className="mb-2 text-[15px] font-semibold">Preview</h2>
      <PreviewPane {...shown} />
    </>
  );
}

function FormOf({ place }: { place: Place }) {
  const { codebook } = useEditor();
  if (place.kind === "about") return <AboutForm />;
  if (place.kind === "guidelines") return <GuidelinesForm />;
  const layer = findLayer(codebook, place.layer);
  if (layer === undefined) return <AboutForm />;
  if (place.kind === "label") {
    const label = findLabel(codebook, place.layer, place.label);
    if (label !== undefined) return <LabelForm {...{ layer, label }} />;
  }
  if (place.kind === "attribute") {
    const attribute = findAttribute(codebook, place.layer, place.attribute);
    if (attribute !== undefined) return <AttributeForm {...{ layer, attribute }} />;
  }
  if (place.kind === "questions") return <QuestionsNote layerName={layer.name} />;
  return <LayerForm layer={layer} />;
}

function QuestionsNote({ layerName }: { layerName: string }) {
  return (
    <p className="max-w-prose text-sm text-ink-soft">
      Questions are asked about each mark of “{layerName}”: who it is about, whether it praises or
      blames, whether it is a quotation. Few questions that both annotators understand are worth
      more than many. Add one with <span className="font-medium text-ink">Question</span> below the
      outline.
    </p>
  );
}

function useEditorOf(history: DraftHistory, published: Codebook | null, at: string): Editor {
  const { draft, edit } = history;
  const { codebook, rules } = draft;
  const [wanted, go] = useState<Place>(() => parsePlace(at));
  const checked = useDeferredValue(draft);
  const findings = useMemo(() => findFindings(checked), [checked]);
  const looks = useMemo(() => labelLooks(codebook), [codebook]);
  const keys = useMemo(() => labelKeys(codebook), [codebook]);
  const place: Place = placeExists(codebook, wanted) ? wanted : nearest(codebook, wanted);
  return useMemo(
    () => ({
      codebook,
      rules,
      published,
      looks,
      keys,
      findings,
      place,
      go,
      edit: (change, about) =>
        edit((before) => withCodebook(before, change(before.codebook)), about ?? null),
      apply: (edited) => {
        edit((before) => withCodebook(before, edited.codebook));
        go(edited.place);
      },
      restructure: (next, to) => {
        edit(() => next);
        if (to !== undefined) go(to);
      },
    }),
    [codebook, rules, published, looks, keys, findings, place, edit],
  );
}

function withCodebook(draft: Draft, codebook: Codebook): Draft {
  return codebook === draft.codebook ? draft : { ...draft, codebook };
}

/** Where to be when the thing that was edited is gone, by undo or by somebody else. */
function nearest(codebook: Codebook, { ...place }: Place): Place {
  return "layer" in place && findLayer(codebook, place.layer) !== undefined
    ? { kind: "layer", layer: place.layer }
    : { kind: "about" };
}

/** Delete on a row: what was published is archived, what was not is taken away. */
function removeOrArchive(place: Place, editor: Editor): void {
  const { codebook, published, rules, apply, edit, restructure } = editor;
  if (published === null || !placeExists(published, place)) {
    apply(remove(codebook, place));
  } else if (place.kind === "label") {
    restructure({ codebook: archiveLabel(codebook, place).codebook, rules });
  } else if (place.kind === "layer") {
    edit((before) => editLayer(before, place.layer, { archived: true }));
  } else if (place.kind === "attribute") {
    edit((before) => editAttribute(before, place.layer, place.attribute, { archived: true }));
  }
}
