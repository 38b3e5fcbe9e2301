import Link from "next/link";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { LayerReport } from "@/lib/domain/agreement-report/layer-report";
import { figure } from "./words";

/** The headline of each layer with its interval; the whole report is a page of its own. */
export function AgreementSoFar({
  layers,
  href,
}: {
  layers: readonly LayerReport[] | null;
  href: string;
}) {
  if (layers === null) {
    return (
      <p className="text-sm text-ink-soft">A worker computes it. It appears when it is done.</p>
    );
  }
  if (layers.length === 0) {
    return (
      <p className="text-sm text-ink-soft">
        There is nothing to compare until two people have submitted the same document.
      </p>
    );
  }
  return (
    <Table
      label="Agreement so far"
      head={
        <>
          <HeadCell>Layer</HeadCell>
          <HeadCell>Measure</HeadCell>
          <HeadCell className="text-right">Value</HeadCell>
          <HeadCell>95 % interval</HeadCell>
          <HeadCell className="text-right">Documents</HeadCell>
        </>
      }
    >
      {layers.map(({ layer, name, headline }) => (
        <tr key={layer}>
          <th scope="row" className="min-w-32 px-3 py-2 text-left font-medium">
            {name}
          </th>
          <Cell className="min-w-48 text-[13px] text-ink-soft">{headline.name}</Cell>
          <Cell className="text-right tabular-nums">
            {headline.figure.value === null ? (
              <span className="text-[13px] text-ink-soft">{headline.figure.because}</span>
            ) : (
              <Link className="underline decoration-line-strong underline-offset-2" href={href}>
                {figure(headline.figure)}
              </Link>
            )}
          </Cell>
          <Cell className="text-[13px] tabular-nums">
            <Interval interval={headline.figure.interval} />
          </Cell>
          <Cell className="text-right tabular-nums">{headline.documents}</Cell>
        </tr>
      ))}
    </Table>
  );
}

function Interval({ interval }: { interval: LayerReport["headline"]["figure"]["interval"] }) {
  if (interval.low === null) {
    return <span className="text-ink-soft">{interval.because}</span>;
  }
  return `${figure({ value: interval.low })} to ${figure({ value: interval.high })}`;
}
