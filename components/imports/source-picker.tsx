"use client";
import clsx from "clsx";
import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { type DragEvent, type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { Meter } from "@/components/ui/meter";
import { Notice } from "@/components/ui/notice";
import { addImportAddresses, addImportText, createImport, readImport } from "@/lib/actions/imports";
import type { Result } from "@/lib/domain/result";
import { type ChosenFile, filesOf, reached, type Sending, sendFiles } from "./send-files";

/** Takes files, folders, pasted text and addresses, and goes on to what was found in them. */
export function SourcePicker({ projectId, web }: { projectId: string; web: "on" | "off" }) {
  const router = useRouter();
  const [sending, setSending] = useState<Sending | "reading" | null>(null);
  const [problem, setProblem] = useState<string>();
  const run = async (start: () => Promise<Result<string>>) => {
    setProblem(undefined);
    setSending("reading");
    const made = await start();
    if (made.ok) router.push(`/projects/${projectId}/documents/new/${made.value}`);
    else {
      setProblem(made.failure.message);
      setSending(null);
    }
  };
  const take = (files: ChosenFile[]) => {
    if (files.length > 0) void run(() => sendFiles(projectId, files, setSending));
  };
  return (
    <div className="flex flex-col gap-4">
      <div role="status" className="empty:hidden">
        {sending === null ? null : <SendingLine sending={sending} />}
      </div>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <fieldset disabled={sending !== null} className="grid min-w-0 gap-4 lg:grid-cols-2">
        <FileDrop onFiles={take} />
        <div className="flex min-w-0 flex-col gap-4">
          <PasteForm onText={(text) => void run(() => readPasted(projectId, text))} />
          {web === "on" ? (
            <AddressForm
              onAddresses={(addresses) => void run(() => readAddresses(projectId, addresses))}
            />
          ) : null}
        </div>
      </fieldset>
    </div>
  );
}

function SendingLine({ sending }: { sending: Sending | "reading" }) {
  if (sending === "reading" || sending.sent === sending.files) {
    return <p className="text-sm text-ink-soft">Reading…</p>;
  }
  const { sent, files } = sending;
  return (
    <div className="flex items-center gap-3 text-sm">
      <Meter value={sent} most={files} label="Sent" />
      <span className="whitespace-nowrap">
        Sending {sent + 1} of {files}…
      </span>
    </div>
  );
}

async function readPasted(projectId: string, text: string): Promise<Result<string>> {
  const made = await reached(createImport({ projectId }));
  if (!made.ok) return made;
  const { importId } = made.value;
  const kept = await reached(addImportText({ projectId, importId, text }));
  return kept.ok ? readNow(projectId, importId) : kept;
}

async function readAddresses(projectId: string, addresses: string[]): Promise<Result<string>> {
  const made = await reached(createImport({ projectId }));
  if (!made.ok) return made;
  const { importId } = made.value;
  const fetched = await reached(addImportAddresses({ projectId, importId, addresses }));
  if (!fetched.ok) return fetched;
  const refused = fetched.value.filter(({ problem }) => problem !== null);
  if (refused.length === addresses.length) {
    const message = refused.map(({ address, problem }) => `${address}: ${problem}`).join(" ");
    return { ok: false, failure: { kind: "invalid", message } };
  }
  return readNow(projectId, importId);
}

async function readNow(projectId: string, importId: string): Promise<Result<string>> {
  const read = await reached(readImport({ projectId, importId }));
  return read.ok ? { ok: true, value: importId } : read;
}

function FileDrop({ onFiles }: { onFiles: (files: ChosenFile[]) => void }) {
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void filesOf(event.dataTransfer).then(onFiles);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside the two buttons within
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={clsx(
        "flex min-h-56 flex-col items-center justify-center gap-3 rounded-md border border-dashed p-4 text-center",
        isOver ? "border-accent bg-accent-soft" : "border-line-strong",
      )}
    >
      <Upload aria-hidden size={22} className="text-ink-faint" />
      <p className="text-sm">Drop files, folders or a zip here, or</p>
      <div className="flex flex-wrap justify-center gap-2">
        <FileChoice onFiles={onFiles}>Choose files</FileChoice>
        <FileChoice onFiles={onFiles} folder>
          Choose a folder
        </FileChoice>
      </div>
      <p className="max-w-md text-[13px] text-ink-soft">
        Articles as .txt, .md, .html, .docx or .pdf; tables as .csv, .tsv, .xlsx, .json or .jsonl;
        and files with annotations of other tools. Up to 50 MB each, a zip up to 200 MB.
      </p>
    </div>
  );
}

function FileChoice({
  onFiles,
  folder,
  children,
}: {
  onFiles: (files: ChosenFile[]) => void;
  folder?: true;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="inline-flex h-9 cursor-pointer items-center rounded-md border border-line-strong bg-surface px-3 text-sm font-medium hover:bg-sunken has-disabled:cursor-not-allowed has-disabled:opacity-55 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--focus)"
    >
      {children}
      <input
        id={id}
        type="file"
        multiple
        {...(folder ? { webkitdirectory: "" } : {})}
        className="sr-only"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          onFiles(files.map((file) => ({ name: file.webkitRelativePath || file.name, file })));
          event.target.value = "";
        }}
      />
    </label>
  );
}

function PasteForm({ onText }: { onText: (text: string) => void }) {
  const [text, setText] = useState("");
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        label="Or paste one article"
        rows={6}
        value={text}
        dir="auto"
        placeholder="Headline, then the text"
        onChange={(event) => setText(event.target.value)}
      />
      <div>
        <Button disabled={text.trim() === ""} onClick={() => onText(text)}>
          Read this text
        </Button>
      </div>
    </div>
  );
}

function AddressForm({ onAddresses }: { onAddresses: (addresses: string[]) => void }) {
  const [text, setText] = useState("");
  const addresses = text.split(/\s+/).filter((each) => each !== "");
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        label="Or give addresses of articles, one a line"
        rows={3}
        value={text}
        placeholder="https://"
        help="The site fetches each page once. Whether you may use its text is for you to know; note the licence."
        onChange={(event) => setText(event.target.value)}
      />
      <div>
        <Button disabled={addresses.length === 0} onClick={() => onAddresses(addresses)}>
          Fetch these pages
        </Button>
      </div>
    </div>
  );
}
