import Link from "next/link";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { DifferenceKind } from "@/lib/domain/campaign/quality-differences";
import type { PairDifferences } from "@/lib/services/quality-differences";

const KINDS: DifferenceKind[] = ["only_first", "only_second", "other_label", "other_boundaries"];

/** How each two annotators differ; every number opens the places. */
export function PairLinks({
  projectId,
  pairs,
}: {
  projectId: string;
  pairs: readonly PairDifferences[];
}) {
  return (
    <Table
      label="Differences by pair"
      head={
        <>
          <HeadCell>Pair</HeadCell>
          <HeadCell className="text-right">Documents</HeadCell>
          <HeadCell className="text-right">Same</HeadCell>
          <HeadCell className="text-right">Only the first</HeadCell>
          <HeadCell className="text-right">Only the second</HeadCell>
          <HeadCell className="text-right">Same words, other label</HeadCell>
          <HeadCell className="text-right">Other boundaries</HeadCell>
        </>
      }
    >
      {pairs.map(({ first, second, documents, counts }) => {
        const href = `/projects/${projectId}/progress/pairs?first=${first.id}&second=${second.id}`;
        return (
          <tr key={`${first.id}/${second.id}`}>
            <th scope="row" className="min-w-44 px-3 py-2 text-left font-medium">
              <Link href={href} className="hover:underline">
                <bdi>{first.name}</bdi> and <bdi>{second.name}</bdi>
              </Link>
            </th>
            <Cell className="text-right tabular-nums">{documents}</Cell>
            <Cell className="text-right tabular-nums">{counts.agreed}</Cell>
            {KINDS.map((kind) => (
              <Cell key={kind} className="text-right tabular-nums">
                {counts[kind] === 0 ? (
                  0
                ) : (
                  <Link
                    href={`${href}&kind=${kind}`}
                    className="underline decoration-line-strong underline-offset-2"
                  >
                    {counts[kind]}
                  </Link>
                )}
              </Cell>
            ))}
          </tr>
        );
      })}
    </Table>
  );
}
