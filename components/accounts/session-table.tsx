"use client";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { revokeOwnSession } from "@/lib/actions/accounts";

export type ShownSession = {
  sessionId: string;
  isPresent: boolean;
  browser: string;
  started: string;
  seen: string;
};

/** My sessions that have not ended, each with its end at hand. */
export function SessionTable({ sessions }: { sessions: readonly ShownSession[] }) {
  return (
    <Table
      label="Sessions"
      head={
        <>
          <HeadCell>Browser</HeadCell>
          <HeadCell className="hidden sm:table-cell">Signed in</HeadCell>
          <HeadCell>Last seen</HeadCell>
          <HeadCell>
            <span className="sr-only">End</span>
          </HeadCell>
        </>
      }
    >
      {sessions.map((session) => (
        <SessionRow key={session.sessionId} session={session} />
      ))}
    </Table>
  );
}

function SessionRow({ session }: { session: ShownSession }) {
  const [isPending, start] = useTransition();
  const end = () =>
    start(async () => {
      const { sessionId } = session;
      await act(() => revokeOwnSession({ sessionId }), { message: "That session has ended." });
    });
  return (
    <tr>
      <Cell className="whitespace-nowrap font-medium">{session.browser}</Cell>
      <Cell className="hidden whitespace-nowrap text-ink-soft sm:table-cell">
        {session.started}
      </Cell>
      <Cell className="whitespace-nowrap text-ink-soft">{session.seen}</Cell>
      <Cell className="text-right">
        {session.isPresent ? (
          <Badge tone="accent">this one</Badge>
        ) : (
          <Button
            size="small"
            disabled={isPending}
            onClick={end}
            aria-label={`End the session of ${session.browser}, last seen ${session.seen}`}
          >
            End
          </Button>
        )}
      </Cell>
    </tr>
  );
}
