import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Meter } from "@/components/ui/meter";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { counted } from "@/lib/domain/wording";
import type { RoundRow } from "@/lib/services/rounds";
import { KIND_NAMES, stateOf } from "./words";

/** The rounds of a project with how far they are. */
export function RoundTable({ projectId, rounds }: { projectId: string; rounds: RoundRow[] }) {
  return (
    <Table
      label="Rounds"
      head={
        <>
          <HeadCell>Round</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell className="text-right">Documents</HeadCell>
          <HeadCell className="text-right">Annotators</HeadCell>
          <HeadCell className="w-48">Submitted</HeadCell>
          <HeadCell>Codebook</HeadCell>
        </>
      }
    >
      {rounds.map((round) => (
        <RoundLine key={round.roundId} projectId={projectId} round={round} />
      ))}
    </Table>
  );
}

function RoundLine({ projectId, round }: { projectId: string; round: RoundRow }) {
  const state = stateOf(round, new Date());
  const given = round.assigned + round.inProgress + round.submitted + round.skipped + round.free;
  return (
    <tr>
      <Cell className="min-w-44">
        <Link
          href={`/projects/${projectId}/rounds/${round.roundId}`}
          className="font-medium hover:underline"
        >
          <bdi>{round.name}</bdi>
        </Link>
        <div className="text-[13px] text-ink-soft">
          {KIND_NAMES[round.kind] ?? round.kind},{" "}
          {round.handOut === "pull" ? "annotators take documents" : "lists are handed out"}
        </div>
      </Cell>
      <Cell>
        <Badge tone={state.tone}>{state.word}</Badge>
      </Cell>
      <Cell className="text-right tabular-nums">{round.documents}</Cell>
      <Cell className="text-right tabular-nums">{round.annotators}</Cell>
      <Cell>
        <div className="text-[13px] tabular-nums">
          {round.submitted} of {given}
          {round.skipped > 0 ? `, ${round.skipped} skipped` : ""}
        </div>
        <Meter
          value={round.submitted}
          most={given}
          label={`${round.name}: ${round.submitted} of ${counted(given, "assignment")} submitted`}
        />
      </Cell>
      <Cell className="whitespace-nowrap">version {round.codebookVersion}</Cell>
    </tr>
  );
}
