import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { UnitLayerReport } from "@/lib/domain/comparison/unit-agreement";
import { FigureCell, ReasonList } from "./figure-cell";
import { formatCount, formatInterval, formatMeasure, formatShare, reasonsOf } from "./format";

const MEASURES = {
  one: "nominal",
  many: "on sets of labels, Jaccard distance",
  scale: "ordinal",
  each: "nominal, question by question",
} as const;

/** Agreement on labels of whole documents, blocks or sentences. */
export function UnitLayerTable({ report }: { report: UnitLayerReport }) {
  const used = report.labels.filter(({ given }) => given > 0);
  const reasons = reasonsOf(used.map(({ alpha }) => alpha));
  return (
    <div className="max-w-2xl">
      <p className="mb-2 max-w-prose text-sm">{sentence(report)}</p>
      {used.length > 0 ? (
        <Table
          label={`${report.name}: agreement by label`}
          head={
            <>
              <HeadCell>Label</HeadCell>
              <HeadCell className="text-right">Given</HeadCell>
              <HeadCell className="text-right">α, this or not</HeadCell>
            </>
          }
        >
          {used.map(({ key, name, given, of, alpha }) => (
            <tr key={key}>
              <th scope="row" className="px-3 py-1.5 text-left font-normal">
                {name}
              </th>
              <Cell className="whitespace-nowrap text-right tabular-nums">
                {given} of {of}
              </Cell>
              <FigureCell figure={alpha} reasons={reasons} look="shaded" />
            </tr>
          ))}
        </Table>
      ) : null}
      <ReasonList reasons={reasons} />
    </div>
  );
}

function sentence({ name, alpha, percent, documents, choice }: UnitLayerReport): string {
  const basis = `from ${formatCount(documents, "document")} with two or more submissions`;
  if (alpha === null)
    return `${name}: each question has its own α (${MEASURES[choice]}), ${basis}.`;
  if (alpha.value === null) return `${name}: no figure. ${alpha.because}`;
  const interval = formatInterval(alpha.interval);
  const range = interval === null ? "no interval" : `95 % interval ${interval}`;
  const same =
    percent.value === null
      ? ""
      : `; two annotators gave the same answer in ${formatShare(percent.value)}`;
  return `${name}: α = ${formatMeasure(alpha.value)} (${MEASURES[choice]}; ${range}), ${basis}${same}.`;
}
