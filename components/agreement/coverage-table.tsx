import Link from "next/link";
import { Cell, HeadCell, Table } from "@/components/ui/table";

/** Documents that stand in the table. */
const MOST = 60;

type Row = {
  documentId: string;
  title: string;
  outlet: string | null;
  spans: Record<string, number>;
};

/** Who submitted what, with the number of spans; each document leads to its comparison. */
export function CoverageTable({
  projectId,
  annotators,
  rows,
}: {
  projectId: string;
  annotators: readonly { id: string; name: string }[];
  rows: readonly Row[];
}) {
  const shown = rows.slice(0, MOST);
  return (
    <>
      <Table
        label="Who annotated what"
        head={
          <>
            <HeadCell>Document</HeadCell>
            {annotators.map(({ id, name }) => (
              <HeadCell key={id} className="text-right">
                {name}
              </HeadCell>
            ))}
          </>
        }
      >
        {shown.map((row) => (
          <tr key={row.documentId}>
            <th scope="row" className="min-w-52 px-3 py-2 text-left font-normal">
              <Link
                href={`/projects/${projectId}/compare/${row.documentId}`}
                className="text-accent underline underline-offset-2"
              >
                {row.title}
              </Link>
              {row.outlet ? (
                <span className="block text-[13px] text-ink-soft">{row.outlet}</span>
              ) : null}
            </th>
            {annotators.map(({ id }) => (
              <CountCell key={id} count={row.spans[id]} />
            ))}
          </tr>
        ))}
        <tr className="bg-sunken">
          <th scope="row" className="px-3 py-2 text-left font-medium">
            Spans in all
          </th>
          {annotators.map(({ id }) => (
            <CountCell
              key={id}
              count={rows.reduce((sum, { spans }) => sum + (spans[id] ?? 0), 0)}
            />
          ))}
        </tr>
      </Table>
      {rows.length > MOST ? (
        <p className="mt-1 text-[13px] text-ink-soft">
          The first {MOST} of {rows.length} documents.
        </p>
      ) : null}
    </>
  );
}

function CountCell({ count }: { count: number | undefined }) {
  return (
    <Cell className="text-right tabular-nums">
      {count ?? (
        <>
          <span aria-hidden className="text-ink-faint">
            –
          </span>
          <span className="sr-only">not submitted</span>
        </>
      )}
    </Cell>
  );
}
