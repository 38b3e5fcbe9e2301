import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { ReleaseDifference } from "@/lib/domain/releases/compare";

/** What differs between two releases. */
export function DifferenceView({
  older,
  newer,
  difference,
}: {
  older: number;
  newer: number;
  difference: ReleaseDifference;
}) {
  const { documents, annotations, labels, examples } = difference;
  const rows = [
    ["Documents", documents],
    ["Annotations", annotations],
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm">
        From release {older} to release {newer}:
      </p>
      <Table label="Differences" head={<Heads first="Number of" hasSame />}>
        {rows.map(([name, counts]) => (
          <tr key={name}>
            <Cell>{name}</Cell>
            <Numbers numbers={[counts.added, counts.removed, counts.changed, counts.same]} />
          </tr>
        ))}
      </Table>
      {labels.length === 0 ? null : (
        <Table label="Differences by label" head={<Heads first="Label" hasSame={false} />}>
          {labels.map(({ layer, label, added, removed, changed }) => (
            <tr key={`${layer}/${label}`}>
              <Cell>
                {layer}/{label}
              </Cell>
              <Numbers numbers={[added, removed, changed]} />
            </tr>
          ))}
        </Table>
      )}
      {examples.length === 0 ? null : (
        <ul className="list-disc pl-5 text-sm">
          {examples.slice(0, 10).map(({ id, title, what }) => (
            <li key={id}>
              <bdi>{title}</bdi>: {what}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Heads({ first, hasSame }: { first: string; hasSame: boolean }) {
  return (
    <>
      <HeadCell>{first}</HeadCell>
      {["Added", "Removed", "Changed", ...(hasSame ? ["The same"] : [])].map((name) => (
        <HeadCell key={name} className="text-right">
          {name}
        </HeadCell>
      ))}
    </>
  );
}

function Numbers({ numbers }: { numbers: readonly number[] }) {
  return numbers.map((number, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
    <Cell key={index} className="text-right tabular-nums">
      {number.toLocaleString("en")}
    </Cell>
  ));
}
