import { Fragment } from "react";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { GroupFigure, QuestionGroups } from "@/lib/domain/agreement-report/group-agreement";
import type { Apart } from "@/lib/services/agreement-apart";
import { ReasonList } from "./figure-cell";
import { formatMeasure, letterOf } from "./format";

/** Agreement within groups of annotators who answered a question about themselves alike. */
export function GroupSection({
  groups: { tables, isTooLarge },
  layers,
}: {
  groups: Apart<QuestionGroups>;
  layers: readonly { layer: string; name: string }[];
}) {
  const figures = tables.flatMap((each) => each.groups.flatMap((group) => group.figures));
  const reasons = [
    ...new Set(figures.flatMap(({ value, because }) => (value === null ? [because] : []))),
  ];
  return (
    <>
      <p className="mb-2 max-w-prose text-[13px] text-ink-soft">
        Only groups of five or more annotators whose consent stands are shown, and none that others
        would give away by subtraction.{" "}
        {isTooLarge
          ? "There is too much work to compute this table."
          : tables.length === 0
            ? "There is no such group here."
            : "Each has α within the group, with its 95 % interval rounded outwards. People, documents and rounds that are taken out count here all the same, so that nobody’s group shows by taking them out."}
      </p>
      {tables.length === 0 ? null : (
        <Table
          label="Agreement by background group"
          head={
            <>
              <HeadCell>Group</HeadCell>
              <HeadCell className="text-right">Annotators</HeadCell>
              {layers.map(({ layer, name }) => (
                <HeadCell key={layer} className="text-right">
                  {name}, α
                </HeadCell>
              ))}
            </>
          }
        >
          {tables.map(({ question, words, groups: told }) => (
            <Fragment key={question}>
              <tr className="bg-sunken">
                <th
                  scope="rowgroup"
                  colSpan={2 + layers.length}
                  className="px-3 py-1.5 text-left text-[13px] font-medium"
                >
                  {words}
                </th>
              </tr>
              {told.map((group) => (
                <tr key={group.name}>
                  <th scope="row" className="px-3 py-1.5 text-left font-normal">
                    {group.name}
                  </th>
                  <Cell className="text-right tabular-nums">{group.people}</Cell>
                  {layers.map(({ layer }) => (
                    <AlphaCell
                      key={layer}
                      figure={group.figures.find((own) => own.layer === layer)}
                      reasons={reasons}
                    />
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </Table>
      )}
      <ReasonList reasons={reasons} />
    </>
  );
}

function AlphaCell({
  figure,
  reasons,
}: {
  figure: GroupFigure | undefined;
  reasons: readonly string[];
}) {
  if (figure === undefined) return <Cell />;
  if (figure.value === null) {
    return (
      <Cell className="text-right text-ink-faint">
        <span aria-hidden>
          –<sup className="ml-0.5">{letterOf(figure.because, reasons)}</sup>
        </span>
        <span className="sr-only">No value. {figure.because}</span>
      </Cell>
    );
  }
  const { value, low, high } = figure;
  return (
    <Cell className="whitespace-nowrap text-right tabular-nums">
      {formatMeasure(value)}
      {low === null || high === null ? null : (
        <span className="block text-[12px] text-ink-soft">
          {formatMeasure(low)} to {formatMeasure(high)}
        </span>
      )}
    </Cell>
  );
}
