import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Swatch } from "@/components/ui/swatch";
import type { Codebook } from "@/lib/domain/codebook/language";
import { type LabelLook, labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { counted, shorten } from "@/lib/domain/wording";
import type { DisputeExample, DisputeReport, ShownDisputes } from "@/lib/services/disputes";
import { NoteForm } from "./note-form";
import { KIND_WORDS, REASON_NAMES } from "./words";

/** Disputes by what was said against what, each group with its words and what the guideline could say. */
export function DisputeGroups({
  projectId,
  report: { codebook, groups, more },
  mayNote,
}: {
  projectId: string;
  report: DisputeReport;
  /** Whether the reader may write into the draft of the codebook. */
  mayNote: boolean;
}) {
  const looks = labelLooks(codebook);
  return (
    <>
      <ul className="flex flex-col gap-4">
        {groups.map((group) => {
          const labels = labelsOf(codebook, group.layer);
          const naming: Naming = {
            nameOf: (label) => labels.find(({ key }) => key === label)?.name ?? label,
            lookOf: (label) => looks.get(lookKey(group.layer, label)),
          };
          return (
            <li key={group.key} className="rounded-md border border-line bg-surface p-3">
              <Heading group={group} naming={naming} />
              <Outcome group={group} naming={naming} />
              <Words projectId={projectId} group={group} naming={naming} />
              {mayNote ? <NoteForm projectId={projectId} group={group} labels={labels} /> : null}
            </li>
          );
        })}
      </ul>
      {more > 0 ? (
        <p className="mt-3 text-[13px] text-ink-soft">
          {counted(more, "more group")} with fewer disputes each.
        </p>
      ) : null}
    </>
  );
}

type Naming = {
  nameOf: (label: string) => string;
  lookOf: (label: string) => LabelLook | undefined;
};

function labelsOf({ layers }: Codebook, layer: string): { key: string; name: string }[] {
  return (layers.find(({ key }) => key === layer)?.labels ?? [])
    .filter(({ selectable, archived }) => selectable && !archived)
    .map(({ key, name }) => ({ key, name }));
}

/** What two annotators said of the same words, in a few words. */
function pairWords({ first, second }: ShownDisputes, { nameOf }: Naming): string {
  if (second === null) return `${nameOf(first)} against nothing`;
  if (second === first) return `${nameOf(first)}: other boundaries or answers`;
  return `${nameOf(first)} against ${nameOf(second)}`;
}

function Heading({ group, naming }: { group: ShownDisputes; naming: Naming }) {
  const shown = group.second === group.first ? [group.first] : [group.first, group.second];
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {shown.map((label) => {
        const look = label === null ? undefined : naming.lookOf(label);
        return look ? <Swatch key={label} colour={look.colour} code={look.code} /> : null;
      })}
      <h3 className="text-[15px] font-semibold">{pairWords(group, naming)}</h3>
      <span className="text-[13px] tabular-nums text-ink-soft">
        {counted(group.disputes, "dispute")} in {counted(group.documents, "document")}
      </span>
      {group.hasChanged ? <Badge tone="accent">guideline changed since</Badge> : null}
    </div>
  );
}

/** How the disputes ended, and why. */
function Outcome({ group, naming }: { group: ShownDisputes; naming: Naming }) {
  if (group.decided === 0) {
    return <p className="mt-1 text-[13px] text-ink-soft">None is decided yet.</p>;
  }
  const ends = group.ends.map(
    ({ label, times }) => `${label === "" ? "nothing" : naming.nameOf(label)} ${times}`,
  );
  const contested = group.contested > 0 ? [`contested ${group.contested}`] : [];
  const reasons = group.reasons.map(({ reason, times }) => `${reasonName(reason)} ${times}`);
  return (
    <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 text-[13px]">
      <dt className="text-ink-soft">Decided</dt>
      <dd className="tabular-nums">
        {group.decided} of {group.disputes}: {[...ends, ...contested].join(", ")}
      </dd>
      {reasons.length > 0 ? (
        <>
          <dt className="text-ink-soft">Why</dt>
          <dd className="tabular-nums">{reasons.join(", ")}</dd>
        </>
      ) : null}
      {group.notes.length > 0 ? (
        <>
          <dt className="text-ink-soft">Notes</dt>
          <dd>
            {group.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </dd>
        </>
      ) : null}
    </dl>
  );
}

function reasonName(reason: string): string {
  return Object.entries(REASON_NAMES).find(([key]) => key === reason)?.[1] ?? reason;
}

/** The words of a group, those that come most often first, with their places in the texts. */
function Words({
  projectId,
  group,
  naming,
}: {
  projectId: string;
  group: ShownDisputes;
  naming: Naming;
}) {
  return (
    <ul className="mt-2 flex flex-col gap-1 border-l-2 border-line pl-3">
      {group.words.map(({ key, words, times, examples }, at) => (
        <li key={key}>
          <details open={at === 0}>
            <summary className="cursor-pointer text-sm">
              {words === "" ? (
                "The whole document or unit"
              ) : (
                <span className="font-serif text-[15px]">“{shorten(words, 100)}”</span>
              )}{" "}
              <span className="text-[13px] tabular-nums text-ink-soft">
                {times === 1 ? "once" : `${times} times`}
              </span>
            </summary>
            <ul className="my-1 flex flex-col gap-1.5 text-[13px]">
              {examples.map((example) => (
                <Example
                  key={`${example.documentId} ${example.itemKey}`}
                  projectId={projectId}
                  example={example}
                  naming={naming}
                />
              ))}
              {times > examples.length ? (
                <li className="text-ink-soft">and {times - examples.length} more</li>
              ) : null}
            </ul>
          </details>
        </li>
      ))}
      {group.moreWords > 0 ? (
        <li className="text-[13px] text-ink-soft">
          and {counted(group.moreWords, "other passage")}
        </li>
      ) : null}
    </ul>
  );
}

function Example({
  projectId,
  example,
  naming,
}: {
  projectId: string;
  example: DisputeExample;
  naming: Naming;
}) {
  const { adjudicationId, itemKey, documentId, title, before, quote, after, said, end } = example;
  const base = `/projects/${projectId}`;
  // The desk is closed to whoever annotated the document, and opens with the first decision.
  const href =
    adjudicationId === null || example.isOwnWork
      ? `${base}/compare/${documentId}`
      : `${base}/adjudication/${adjudicationId}?item=${encodeURIComponent(itemKey)}`;
  return (
    <li>
      {quote === "" ? null : (
        <p className="font-serif text-[15px]">
          …{before}
          <strong className="font-semibold">{quote}</strong>
          {after}…
        </p>
      )}
      <p className="text-ink-soft">
        <Link href={href} className="text-accent underline underline-offset-2">
          <bdi>{shorten(title, 70)}</bdi>
        </Link>
        {": "}
        {said
          .map(
            ({ label, times }) => `${times} × ${label === null ? "nothing" : naming.nameOf(label)}`,
          )
          .join(", ")}
        {end === null
          ? ". Not decided."
          : `. ${endWords(end, naming)}${end.note === "" ? "" : ` “${end.note}”`}`}
      </p>
    </li>
  );
}

function endWords(
  { kind, labels, reason }: NonNullable<DisputeExample["end"]>,
  { nameOf }: Naming,
): string {
  const taken = labels.length === 0 ? "" : `, ${labels.map(nameOf).join(" and ")}`;
  const why = reason === null ? "" : ` (${reasonName(reason)})`;
  const word = KIND_WORDS[kind];
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}${taken}${why}.`;
}
