"use client";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useRef, useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button, ButtonLink } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { correctDocument, previewCorrection } from "@/lib/actions/documents";
import type { BlockRole } from "@/lib/domain/text/roles";
import type { CorrectionPreview } from "@/lib/services/correction-plan";
import { RoleSelect } from "./block-list";
import { CorrectionFates } from "./correction-fates";

type Line = { key: number; from: number | null; role: BlockRole; text: string };

/** A document's lines to correct: their words and roles, divided, joined, added and left out. */
export function CorrectionEditor({
  projectId,
  documentId,
  version,
  blocks,
  language,
}: {
  projectId: string;
  documentId: string;
  version: number;
  blocks: { position: number; role: BlockRole; text: string }[];
  language: string;
}) {
  const router = useRouter();
  const nextKey = useRef(blocks.length);
  const [lines, setLines] = useState<Line[]>(() =>
    blocks.map(({ position, role, text }) => ({ key: position, from: position, role, text })),
  );
  const [reason, setReason] = useState("");
  const [preview, setPreview] = useState<CorrectionPreview | null>(null);
  const [isPending, startTransition] = useTransition();
  const change = (next: Line[]) => {
    setPreview(null);
    setLines(next);
  };
  const input = () => ({
    projectId,
    documentId,
    version,
    lines: lines.map(({ key: _, ...line }) => line),
  });
  const show = () =>
    startTransition(async () => setPreview(await act(() => previewCorrection(input()))));
  const store = () =>
    startTransition(async () => {
      const made = await act(() => correctDocument({ ...input(), reason }), {
        message: `Version ${version + 1} is made. The document's page has the way back.`,
      });
      if (made !== null) router.push(`/projects/${projectId}/documents/${documentId}`);
    });
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[1fr_22rem]">
      <ol className="divide-y divide-line rounded-md border border-line bg-surface">
        {lines.map((line, at) => (
          <EditedLine
            key={line.key}
            {...{ line, language }}
            number={at + 1}
            onChange={(changed) => change(lines.with(at, { ...line, ...changed }))}
            onSplit={(place) => {
              const [before, after] = [line.text.slice(0, place), line.text.slice(place)];
              const rest = { key: nextKey.current++, from: null, role: line.role, text: after };
              change(
                lines.toSpliced(
                  at,
                  1,
                  { ...line, text: before.trimEnd() },
                  { ...rest, text: after.trimStart() },
                ),
              );
            }}
            onJoin={
              at === 0
                ? null
                : () => {
                    const above = lines[at - 1];
                    if (above === undefined) return;
                    const text = `${above.text.trimEnd()} ${line.text.trimStart()}`;
                    change(lines.toSpliced(at - 1, 2, { ...above, text }));
                  }
            }
            onRemove={() => change(lines.toSpliced(at, 1))}
          />
        ))}
      </ol>
      <aside className="flex flex-col gap-3 lg:sticky lg:top-4">
        <TextField
          label="Why"
          help="Kept with the version, for whoever asks later."
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
        {preview === null ? null : <CorrectionFates preview={preview} />}
        <div className="flex flex-wrap gap-2">
          {preview === null ? (
            <Button tone="primary" disabled={isPending} onClick={show}>
              {isPending ? "Comparing…" : "Show what follows"}
            </Button>
          ) : (
            <Button tone="primary" disabled={isPending} onClick={store}>
              {isPending ? "Storing…" : `Make version ${version + 1}`}
            </Button>
          )}
          <ButtonLink tone="quiet" href={`/projects/${projectId}/documents/${documentId}`}>
            Cancel
          </ButtonLink>
        </div>
      </aside>
    </div>
  );
}

function EditedLine({
  line,
  language,
  number,
  onChange,
  onSplit,
  onJoin,
  onRemove,
}: {
  line: Line;
  language: string;
  number: number;
  onChange: (changed: Partial<Line>) => void;
  onSplit: (place: number) => void;
  onJoin: (() => void) | null;
  onRemove: () => void;
}) {
  const box = useRef<HTMLTextAreaElement>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (event.key === "Enter") {
      event.preventDefault();
      onSplit(selectionStart);
    } else if (event.key === "Backspace" && selectionStart === 0 && selectionEnd === 0 && onJoin) {
      event.preventDefault();
      onJoin();
    }
  };
  return (
    <li className="grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[13rem_1fr]">
      <div className="flex flex-col gap-1">
        <RoleSelect
          label={`Role of line ${number}`}
          value={line.role}
          isDisabled={false}
          onChoose={(role) => onChange({ role })}
        />
        <div className="flex flex-wrap gap-1">
          <Button
            size="small"
            tone="quiet"
            aria-label={`Divide line ${number} at the cursor`}
            onClick={() => onSplit(box.current?.selectionStart ?? line.text.length)}
          >
            Divide
          </Button>
          {onJoin === null ? null : (
            <Button
              size="small"
              tone="quiet"
              aria-label={`Join line ${number} to the one above`}
              onClick={onJoin}
            >
              Join
            </Button>
          )}
          <Button
            size="small"
            tone="quiet"
            aria-label={`Leave out line ${number}`}
            onClick={onRemove}
          >
            Leave out
          </Button>
        </div>
      </div>
      <textarea
        ref={box}
        aria-label={`Text of line ${number}`}
        lang={language}
        dir="auto"
        value={line.text}
        onChange={(event) => onChange({ text: event.target.value })}
        onKeyDown={onKeyDown}
        rows={1}
        className="field-sizing-content w-full min-w-0 resize-none rounded border border-line bg-surface px-2 py-1 font-serif text-base"
      />
    </li>
  );
}
