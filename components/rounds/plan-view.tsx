import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { counted } from "@/lib/domain/wording";
import type { PlanPreview } from "@/lib/services/round-preview";
import { SHORTFALL_REASONS } from "./words";

/** What a plan would do: in a sentence, by annotator, by pair, and where it falls short. */
export function PlanView({ preview, isPull }: { preview: PlanPreview; isPull: boolean }) {
  return (
    <Section title="The plan">
      <p className="mb-3 text-sm" role="status">
        {isPull
          ? `${counted(preview.documents, "document")} wait in a queue with ${counted(preview.places, "place")} for ${counted(preview.annotators.length, "annotator")}.`
          : `${counted(preview.documents, "document")}, ${counted(preview.assignments, "assignment")} for ${counted(preview.annotators.length, "annotator")}, in ${counted(preview.batches, "batch", "batches")}.`}
      </p>
      {preview.shortfalls > 0 ? <Shortfalls preview={preview} /> : null}
      {isPull ? null : <Loads preview={preview} />}
    </Section>
  );
}

function Shortfalls({ preview }: { preview: PlanPreview }) {
  const first = preview.firstShortfalls;
  return (
    <Notice tone="warn" className="mb-3">
      {counted(preview.shortfalls, "document")} would get fewer annotators than planned.
      <ul className="mt-1 list-disc pl-5 text-[13px]">
        {first.slice(0, 5).map((each) => (
          <li key={each.title}>
            <bdi>{each.title}</bdi>: {each.found} of {each.wanted}. {SHORTFALL_REASONS[each.reason]}
          </li>
        ))}
        {preview.shortfalls > 5 ? <li>and {preview.shortfalls - 5} more</li> : null}
      </ul>
    </Notice>
  );
}

/** The most annotators for whom a table of pairs can still be read. */
const MOST_PAIRS = 20;

function Loads({ preview }: { preview: PlanPreview }) {
  const { annotators, shared } = preview;
  const showsPairs = annotators.length > 1 && annotators.length <= MOST_PAIRS;
  return (
    <Table
      label="Load of each annotator"
      head={
        <>
          <HeadCell>Annotator</HeadCell>
          <HeadCell className="text-right">Documents</HeadCell>
          <HeadCell className="text-right">Words</HeadCell>
          {showsPairs
            ? annotators.map(({ userId, name }) => (
                <HeadCell key={userId} className="text-right" title={`Shared with ${name}`}>
                  <span className="sr-only">Shared with </span>
                  <bdi>{name.split(" ")[0]}</bdi>
                </HeadCell>
              ))
            : null}
        </>
      }
    >
      {annotators.map(({ userId, name, documents, words }, at) => (
        <tr key={userId}>
          <Cell>
            <bdi>{name}</bdi>
          </Cell>
          <Cell className="text-right tabular-nums">{documents}</Cell>
          <Cell className="text-right tabular-nums">{words.toLocaleString("en")}</Cell>
          {showsPairs
            ? annotators.map((other, column) => (
                <Cell key={other.userId} className="text-right tabular-nums text-ink-soft">
                  {column === at ? "–" : (shared[at]?.[column] ?? 0)}
                </Cell>
              ))
            : null}
        </tr>
      ))}
    </Table>
  );
}
