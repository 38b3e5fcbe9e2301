import Link from "next/link";
import { Meter } from "@/components/ui/meter";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { RoundProgress } from "@/lib/services/progress";
import { behindHref } from "./words";

const LINK = "underline decoration-line-strong underline-offset-2 hover:decoration-ink";

/** Documents and assignments of each round by state; each number leads to what it counts. */
export function RoundProgressTable({
  projectId,
  rounds,
}: {
  projectId: string;
  rounds: readonly RoundProgress[];
}) {
  return (
    <Table
      label="Documents by state and round"
      head={
        <>
          <HeadCell>Round</HeadCell>
          <HeadCell className="text-right">Waiting</HeadCell>
          <HeadCell className="text-right">Under way</HeadCell>
          <HeadCell className="text-right">Done</HeadCell>
          <HeadCell className="w-40">Submitted</HeadCell>
          <HeadCell className="text-right">In progress</HeadCell>
          <HeadCell className="text-right">Not begun</HeadCell>
          <HeadCell className="text-right">In the queue</HeadCell>
          <HeadCell className="text-right">Skipped</HeadCell>
        </>
      }
    >
      {rounds.map((round) => (
        <RoundLine key={round.roundId} projectId={projectId} round={round} />
      ))}
    </Table>
  );
}

function RoundLine({ projectId, round }: { projectId: string; round: RoundProgress }) {
  const { roundId, name, assigned, inProgress, submitted, skipped, free } = round;
  const all = assigned + inProgress + submitted + free;
  const number = (state: string, count: number) => (
    <Cell className="text-right tabular-nums">
      {count === 0 ? (
        0
      ) : (
        <Link className={LINK} href={behindHref(projectId, { roundId, state })}>
          {count}
        </Link>
      )}
    </Cell>
  );
  return (
    <tr>
      <th scope="row" className="min-w-32 px-3 py-2 text-left font-medium">
        <Link href={`/projects/${projectId}/rounds/${roundId}`} className="hover:underline">
          <bdi>{name}</bdi>
        </Link>
      </th>
      <Cell className="text-right tabular-nums">{round.waiting}</Cell>
      <Cell className="text-right tabular-nums">{round.begun}</Cell>
      <Cell className="text-right tabular-nums">{round.done}</Cell>
      <Cell>
        <div className="text-[13px] tabular-nums">
          <Link className={LINK} href={behindHref(projectId, { roundId, state: "submitted" })}>
            {submitted} of {all}
          </Link>
        </div>
        <Meter value={submitted} most={all} label={`${name}: ${submitted} of ${all} submitted`} />
      </Cell>
      {number("in_progress", inProgress)}
      {number("assigned", assigned)}
      <Cell className="text-right tabular-nums">{free}</Cell>
      {number("skipped", skipped)}
    </tr>
  );
}
