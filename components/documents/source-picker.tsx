"use client";
import clsx from "clsx";
import { Upload } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { Source } from "./use-desk";

/** Larger files hold more than the two million characters that a document may have. */
const MOST_BYTES = 9_000_000;
const MOST_FILES = 200;

/** Takes text files, dropped or chosen, and pasted text. */
export function SourcePicker({ onAdd }: { onAdd: (sources: Source[]) => void }) {
  const [problem, setProblem] = useState<string>();
  const [pasted, setPasted] = useState("");
  const take = async (files: File[]) => {
    setProblem(undefined);
    if (files.length > MOST_FILES) return setProblem(`Choose at most ${MOST_FILES} files at once.`);
    const large = files.find((file) => file.size > MOST_BYTES);
    if (large !== undefined) {
      return setProblem(`${large.name} is larger than 9 MB. Divide it into articles first.`);
    }
    const read = files.map(async (file) => ({
      name: file.name,
      source: new Uint8Array(await file.arrayBuffer()),
    }));
    onAdd(await Promise.all(read));
  };
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <FileDrop onFiles={(files) => void take(files)}>
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
      </FileDrop>
      <div className="flex flex-col gap-2">
        <TextArea
          label="Or paste one article"
          rows={6}
          value={pasted}
          dir="auto"
          placeholder="Headline, then the text"
          onChange={(event) => setPasted(event.target.value)}
        />
        <div>
          <Button
            disabled={pasted.trim() === ""}
            onClick={() => {
              onAdd([{ name: "Pasted text", source: pasted }]);
              setPasted("");
            }}
          >
            Read this text
          </Button>
        </div>
      </div>
    </div>
  );
}

function FileDrop({
  onFiles,
  children,
}: {
  onFiles: (files: File[]) => void;
  children: React.ReactNode;
}) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <fieldset
      aria-label="Text files"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={clsx(
        "flex min-h-48 flex-col items-center justify-center gap-2 rounded-md border border-dashed p-4 text-center",
        isOver ? "border-accent bg-accent-soft" : "border-line-strong",
      )}
    >
      <Upload aria-hidden size={22} className="text-ink-faint" />
      <p className="text-sm">Drop text files here, or</p>
      <label
        htmlFor={id}
        className="inline-flex h-9 cursor-pointer items-center rounded-md border border-line-strong bg-surface px-3 text-sm font-medium hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--focus)"
      >
        Choose files
        <input
          id={id}
          type="file"
          multiple
          accept=".txt,text/plain"
          className="sr-only"
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
      </label>
      <p className="text-[13px] text-ink-soft">One article per .txt file, in UTF-8, up to 200.</p>
      {children}
    </fieldset>
  );
}
