"use client";
import { Plus } from "lucide-react";
import Link from "next/link";
import { useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { assignDocuments } from "@/lib/actions/assignments";
import { counted } from "@/lib/domain/wording";
import type { Matrix, PlannedAnnotator } from "@/lib/services/assignments";
import { MatrixCell } from "./matrix-cell";
import { type Choice, countPlan, NO_CHOICE, toggled } from "./plan";

type Props = { projectId: string; matrix: Matrix; isArchived: boolean };

/** Documents by annotators: shows how far each is, and gives ticked documents to ticked people. */
export function AssignmentMatrix({ projectId, matrix, isArchived }: Props) {
  const [choice, setChoice] = useState<Choice>(NO_CHOICE);
  const able = matrix.annotators.flatMap(({ userId, canAnnotate }) =>
    userId !== null && canAnnotate ? [userId] : [],
  );
  const all = matrix.documents.map(({ documentId }) => documentId);
  return (
    <>
      {isArchived ? null : (
        <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
          <AllBox
            label={`All ${counted(all.length, "document")} shown`}
            all={all}
            chosen={choice.documents}
            onChange={(documents) => setChoice({ ...choice, documents })}
          />
          <AllBox
            label={`All ${counted(able.length, "annotator")}`}
            all={able}
            chosen={choice.annotators}
            onChange={(annotators) => setChoice({ ...choice, annotators })}
          />
        </div>
      )}
      <section
        aria-label="Documents by annotators"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="relative overflow-x-auto rounded-md border border-line bg-surface"
      >
        <table className="w-full border-collapse text-sm">
          <MatrixHead {...{ matrix, choice, setChoice, isArchived }} />
          <tbody className="divide-y divide-line">
            {matrix.documents.map((row) => (
              <MatrixRow
                key={row.documentId}
                {...{ projectId, row, choice, setChoice, isArchived }}
                annotators={matrix.annotators}
              />
            ))}
          </tbody>
        </table>
      </section>
      {isArchived ? null : (
        <PlanBar
          {...{ projectId, matrix, choice }}
          onDone={() => setChoice({ ...choice, documents: new Set() })}
        />
      )}
    </>
  );
}

type ChoiceProps = {
  choice: Choice;
  setChoice: (choice: Choice) => void;
  isArchived: boolean;
};

function MatrixHead({ matrix, choice, setChoice, isArchived }: ChoiceProps & { matrix: Matrix }) {
  return (
    <thead className="bg-sunken text-left text-[13px]">
      <tr>
        <th
          scope="col"
          className="sticky left-0 z-10 bg-sunken px-3 py-2 font-medium text-ink-soft"
        >
          Document
        </th>
        {matrix.annotators.map((annotator) => (
          <th
            key={annotator.annotatorId}
            scope="col"
            className="px-3 py-2 align-bottom font-medium"
          >
            <AnnotatorHead {...{ annotator, choice, setChoice, isArchived }} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function AnnotatorHead({
  annotator: { userId, name, pseudonym, canAnnotate },
  choice,
  setChoice,
  isArchived,
}: ChoiceProps & { annotator: PlannedAnnotator }) {
  const words = (
    <span>
      {name}
      <span className="block font-mono text-[11px] font-normal text-ink-soft">
        {canAnnotate ? pseudonym : `${pseudonym}, left`}
      </span>
    </span>
  );
  if (!canAnnotate || userId === null || isArchived) return words;
  return (
    <label className="flex min-h-6 items-center gap-2 whitespace-nowrap">
      <input
        type="checkbox"
        aria-label={`Choose ${name}`}
        checked={choice.annotators.has(userId)}
        onChange={() => setChoice({ ...choice, annotators: toggled(choice.annotators, userId) })}
        className="size-4 accent-(--accent)"
      />
      {words}
    </label>
  );
}

function MatrixRow({
  projectId,
  row: { documentId, title, cells },
  annotators,
  choice,
  setChoice,
  isArchived,
}: ChoiceProps & {
  projectId: string;
  row: Matrix["documents"][number];
  annotators: PlannedAnnotator[];
}) {
  const isChosen = choice.documents.has(documentId);
  return (
    <tr>
      <th
        scope="row"
        className="sticky left-0 z-10 min-w-36 max-w-44 bg-surface px-3 py-2 text-left align-top font-normal sm:min-w-64 sm:max-w-96"
      >
        <div className="flex items-start gap-2">
          {isArchived ? null : (
            <input
              type="checkbox"
              aria-label={`Choose ${title}`}
              checked={isChosen}
              onChange={() =>
                setChoice({ ...choice, documents: toggled(choice.documents, documentId) })
              }
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            />
          )}
          <Link
            href={`/projects/${projectId}/documents/${documentId}`}
            className="line-clamp-3 hover:underline"
          >
            <bdi>{title}</bdi>
          </Link>
        </div>
      </th>
      {annotators.map(({ annotatorId, userId, name, canAnnotate }) => {
        const cell = cells.find((each) => each.annotatorId === annotatorId);
        const isPlanned = isChosen && userId !== null && choice.annotators.has(userId);
        return (
          <td key={annotatorId} className="min-w-36 px-3 py-2 align-top">
            {cell === undefined && isPlanned ? (
              <span className="inline-flex items-center gap-1 text-[13px] font-medium text-accent">
                <Plus aria-hidden size={14} />
                New
              </span>
            ) : null}
            {cell === undefined && !isPlanned ? (
              <span className="text-ink-faint">
                <span aria-hidden>–</span>
                <span className="sr-only">Not assigned</span>
              </span>
            ) : null}
            {cell === undefined ? null : (
              <MatrixCell
                cell={cell}
                title={title}
                name={name}
                isFixed={isArchived || (!canAnnotate && cell.isWithdrawn)}
              />
            )}
          </td>
        );
      })}
    </tr>
  );
}

function AllBox({
  label,
  all,
  chosen,
  onChange,
}: {
  label: string;
  all: string[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const isAll = all.length > 0 && all.every((each) => chosen.has(each));
  return (
    <label className="flex min-h-6 items-center gap-2">
      <input
        type="checkbox"
        checked={isAll}
        disabled={all.length === 0}
        onChange={() => onChange(isAll ? new Set() : new Set(all))}
        className="size-4 accent-(--accent)"
      />
      {label}
    </label>
  );
}

/** Says what assigning would make, before it is done. */
function PlanBar({
  projectId,
  matrix,
  choice,
  onDone,
}: {
  projectId: string;
  matrix: Matrix;
  choice: Choice;
  onDone: () => void;
}) {
  const [isPending, startTransition] = useTransition();
  const { made, existing } = countPlan(matrix, choice);
  const assign = () =>
    startTransition(async () => {
      const planned = await act(
        () =>
          assignDocuments({
            projectId,
            documentIds: [...choice.documents],
            userIds: [...choice.annotators],
          }),
        { message: `${counted(made, "assignment")} made.` },
      );
      if (planned !== null) onDone();
    });
  return (
    <div className="sticky bottom-0 z-20 -mx-4 flex flex-wrap items-center justify-between gap-3 border-t border-line bg-canvas px-4 py-3">
      <p aria-live="polite" className="text-sm text-ink-soft">
        {planWords(choice, made, existing)}
      </p>
      <Button tone="primary" disabled={made === 0 || isPending} onClick={assign}>
        {isPending ? "Assigning…" : made === 0 ? "Assign" : `Assign ${made}`}
      </Button>
    </div>
  );
}

function planWords({ documents, annotators }: Choice, made: number, existing: number): string {
  if (documents.size === 0 || annotators.size === 0) {
    return "Tick documents and annotators, then assign. The same document can go to several people.";
  }
  const whole = `${counted(documents.size, "document")} for ${counted(annotators.size, "annotator")}: ${counted(made, "new assignment")}`;
  return existing === 0 ? `${whole}.` : `${whole}, ${existing} there already.`;
}
