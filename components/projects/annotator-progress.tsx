import { Meter } from "@/components/ui/meter";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { durationWords } from "@/lib/domain/wording";
import type { AnnotatorProgress } from "@/lib/services/assignments";

/** How far each annotator is, in words and as a bar. */
export function AnnotatorProgressTable({ annotators }: { annotators: AnnotatorProgress[] }) {
  return (
    <Table
      label="Progress by annotator"
      head={
        <>
          <HeadCell>Annotator</HeadCell>
          <HeadCell className="w-56">Submitted</HeadCell>
          <HeadCell className="text-end">In progress</HeadCell>
          <HeadCell className="text-end">Not started</HeadCell>
          <HeadCell className="text-end">Skipped</HeadCell>
          <HeadCell className="text-end">Active time</HeadCell>
        </>
      }
    >
      {annotators.map((each) => {
        const all = each.assigned + each.inProgress + each.submitted + each.skipped;
        return (
          <tr key={each.annotatorId}>
            <Cell className="min-w-36">
              <span className="font-medium">{each.name}</span>{" "}
              <span className="whitespace-nowrap font-mono text-xs text-ink-faint">
                {each.pseudonym}
              </span>
            </Cell>
            <Cell>
              <div className="flex min-w-40 items-center gap-2">
                <Meter
                  value={each.submitted}
                  most={all}
                  label={`Submitted by ${each.name}`}
                  className="max-w-28"
                />
                <span className="whitespace-nowrap tabular-nums">
                  {each.submitted} of {all}
                </span>
              </div>
            </Cell>
            <Cell className="text-end tabular-nums">{each.inProgress}</Cell>
            <Cell className="text-end tabular-nums">{each.assigned}</Cell>
            <Cell className="text-end tabular-nums">{each.skipped}</Cell>
            <Cell className="whitespace-nowrap text-end tabular-nums">
              {each.activeSeconds === 0 ? "–" : durationWords(each.activeSeconds)}
            </Cell>
          </tr>
        );
      })}
    </Table>
  );
}
