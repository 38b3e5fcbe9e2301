import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { PairAgreement } from "@/lib/domain/agreement/report-types";
import { FigureCell, ReasonList } from "./figure-cell";
import { formatShare, reasonsOf } from "./format";

/** Agreement of each two annotators; a darker cell means more, and every number is printed. */
export function PairTable({
  name,
  pairs,
  annotators,
}: {
  name: string;
  pairs: readonly PairAgreement[];
  annotators: readonly { id: string; name: string }[];
}) {
  const names = new Map(annotators.map((each) => [each.id, each.name]));
  const reasons = reasonsOf(
    pairs.flatMap(({ tokens, f1 }) => [tokens.percent, tokens.kappa, f1.exact, f1.overlap]),
  );
  return (
    <>
      <Table
        label={`${name}: agreement by pair of annotators`}
        head={
          <>
            <HeadCell>Pair</HeadCell>
            <HeadCell className="text-right">Documents</HeadCell>
            <HeadCell className="text-right">Percent, tokens</HeadCell>
            <HeadCell className="text-right">κ, tokens</HeadCell>
            <HeadCell className="text-right">F1, exact</HeadCell>
            <HeadCell className="text-right">F1, overlap</HeadCell>
            <HeadCell className="text-right">F1, any label</HeadCell>
          </>
        }
      >
        {pairs.map(({ first, second, documents, tokens, f1 }) => (
          <tr key={`${first}/${second}`}>
            <th scope="row" className="whitespace-nowrap px-3 py-2 text-left font-normal">
              {names.get(first)} <span className="text-ink-faint">and</span> {names.get(second)}
            </th>
            <Cell className="text-right tabular-nums">{documents}</Cell>
            <FigureCell figure={tokens.percent} reasons={reasons} format={formatShare} />
            <FigureCell figure={tokens.kappa} reasons={reasons} look="shaded" />
            <FigureCell figure={f1.exact} reasons={reasons} look="shaded" />
            <FigureCell figure={f1.overlap} reasons={reasons} look="shaded" />
            <FigureCell figure={f1.overlapAny} reasons={reasons} look="shaded" />
          </tr>
        ))}
      </Table>
      <ReasonList reasons={reasons} />
    </>
  );
}
