"use client";
import { useState } from "react";
import { Button as AriaButton, DropZone, FileTrigger } from "react-aria-components";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { readCodebookFile } from "@/lib/actions/codebooks";
import { counted } from "@/lib/domain/wording";

type Read = NonNullable<
  Extract<Awaited<ReturnType<typeof readCodebookFile>>, { ok: true }>["value"]
>;
type Source = { text: string; fileName: string | null };

const MOST_SHOWN = 20;

/** A codebook from a file: dropped, chosen or pasted; it says what it is and what is wrong before it is taken. */
export function FileImport({
  isBusy,
  onTake,
}: {
  isBusy: boolean;
  onTake: (text: string, fileName: string | null) => void;
}) {
  const [source, setSource] = useState<Source | null>(null);
  const [read, setRead] = useState<Read | null>(null);
  const [pasted, setPasted] = useState("");
  const look = async (text: string, fileName: string | null) => {
    setSource({ text, fileName });
    setRead(
      await act(() => readCodebookFile({ text, ...(fileName === null ? {} : { fileName }) })),
    );
  };
  const lookAtFile = async (file: File | undefined) => {
    if (file !== undefined) await look(await file.text(), file.name);
  };
  return (
    <div className="flex flex-col gap-3">
      <DropZone
        aria-label="Codebook file"
        getDropOperation={() => "copy"}
        onDrop={async (event) => {
          const item = event.items.find((each) => each.kind === "file");
          if (item?.kind === "file") await lookAtFile(await item.getFile());
        }}
        className="flex flex-wrap items-center gap-3 rounded-md border border-dashed border-line-strong p-4 text-sm data-drop-target:border-accent data-drop-target:bg-accent-soft"
      >
        <FileTrigger
          acceptedFileTypes={["application/json", ".json", ".xml"]}
          onSelect={(files) => void lookAtFile(files?.[0])}
        >
          <AriaButton className="inline-flex h-9 items-center rounded-md border border-line-strong bg-surface px-3 text-sm font-medium hover:bg-sunken">
            Choose a file
          </AriaButton>
        </FileTrigger>
        <span className="text-ink-soft">
          or drop it here: a codebook of Framemark, or the labels of doccano, Label Studio or
          INCEpTION.
        </span>
      </DropZone>
      <details>
        <summary className="text-[13px] font-medium">Paste the text instead</summary>
        <div className="mt-2 flex flex-col gap-2">
          <TextArea
            label="Text of the file"
            rows={5}
            value={pasted}
            onChange={({ target }) => setPasted(target.value)}
            className="font-mono text-[13px]"
          />
          <div>
            <Button disabled={pasted.trim() === ""} onClick={() => void look(pasted, null)}>
              Look at it
            </Button>
          </div>
        </div>
      </details>
      {read === null || source === null ? null : (
        <ReadFile read={read} isBusy={isBusy} onTake={() => onTake(source.text, source.fileName)} />
      )}
    </div>
  );
}

function ReadFile({ read, isBusy, onTake }: { read: Read; isBusy: boolean; onTake: () => void }) {
  const { draft, notes, problems } = read;
  const labels = draft?.layers.reduce((sum, layer) => sum + layer.labels.length, 0) ?? 0;
  return (
    <div className="flex flex-col gap-2">
      {draft === null ? (
        <Notice tone="bad">This is no codebook that can be read.</Notice>
      ) : (
        <Notice tone={problems.length > 0 ? "warn" : "good"}>
          “{draft.name}”: {counted(labels, "label")} in {counted(draft.layers.length, "layer")}.
        </Notice>
      )}
      {notes.length > 0 ? (
        <ul className="list-disc ps-5 text-[13px] text-ink-soft">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      {problems.length > 0 ? (
        <ul aria-label="Problems" className="flex flex-col gap-1 text-[13px]">
          {problems.slice(0, MOST_SHOWN).map(({ path, place, message }) => (
            <li key={`${path.join(".")} ${message}`}>
              <span className="font-medium">{place === "" ? "The file" : place}:</span> {message}
            </li>
          ))}
          {problems.length > MOST_SHOWN ? (
            <li className="text-ink-soft">and {problems.length - MOST_SHOWN} more</li>
          ) : null}
        </ul>
      ) : null}
      {draft === null ? null : (
        <div>
          <Button tone="primary" disabled={isBusy} onClick={onTake}>
            {problems.length > 0 ? "Take it and mend it in the editor" : "Draft from this file"}
          </Button>
        </div>
      )}
    </div>
  );
}
