import Link from "next/link";
import { LiftButton } from "@/components/progress/exclude-button";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { unwrap } from "@/lib/server/unwrap";
import { listExclusions } from "@/lib/services/exclusions";

export const metadata = { title: "Left out of figures" };

type Props = { params: Promise<{ projectId: string }> };

export default async function ExclusionsPage({ params }: Props) {
  const { projectId } = await params;
  const exclusions = unwrap(await listExclusions({ projectId }));
  return (
    <main>
      <PageHeader title="Left out of figures">
        Their work stays stored and is exported; only figures of quality and agreement do without.{" "}
        <Link className="text-accent underline" href={`/projects/${projectId}/progress`}>
          Back to progress
        </Link>
      </PageHeader>
      {exclusions.length === 0 ? (
        <EmptyState title="Nothing is left out">
          On the page of progress, leave out an annotator, or a document behind a figure, with a
          reason. It is noted here with who did it, and can be lifted.
        </EmptyState>
      ) : (
        <Table
          label="Left out of figures"
          head={
            <>
              <HeadCell>What</HeadCell>
              <HeadCell>Reason</HeadCell>
              <HeadCell>Left out</HeadCell>
              <HeadCell>Now</HeadCell>
            </>
          }
        >
          {exclusions.map((each) => (
            <tr key={each.exclusionId}>
              <th scope="row" className="min-w-40 px-3 py-2 text-left font-medium">
                <bdi>{each.name}</bdi>
                <div className="text-[13px] font-normal text-ink-soft">{each.kind}</div>
              </th>
              <Cell className="min-w-48">{each.reason}</Cell>
              <Cell className="text-[13px]">
                {each.on}
                {each.by === null ? null : <div className="text-ink-soft">{each.by}</div>}
              </Cell>
              <Cell>
                {each.liftedOn === null ? (
                  <LiftButton
                    projectId={projectId}
                    exclusionId={each.exclusionId}
                    name={each.name}
                  />
                ) : (
                  <>
                    <Badge>counts again</Badge>
                    <div className="mt-1 text-[13px] text-ink-soft">
                      since {each.liftedOn}
                      {each.liftedBy === null ? "" : `, ${each.liftedBy}`}
                    </div>
                  </>
                )}
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </main>
  );
}
