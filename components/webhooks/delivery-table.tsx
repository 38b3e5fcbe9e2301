"use client";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { replayDelivery } from "@/lib/actions/webhooks";
import type { ListedDelivery } from "@/lib/services/webhooks";

type Place = { projectId: string; webhookId: string };

/** What was sent to a webhook, with what came back; each can be sent once more. */
export function DeliveryTable({
  place,
  deliveries,
}: {
  place: Place;
  deliveries: ListedDelivery[];
}) {
  return (
    <Table
      label="Deliveries"
      head={
        <>
          <HeadCell>When</HeadCell>
          <HeadCell>What</HeadCell>
          <HeadCell>Tries</HeadCell>
          <HeadCell>
            <span className="sr-only">Send again</span>
          </HeadCell>
        </>
      }
    >
      {deliveries.map((delivery) => (
        <DeliveryRow key={delivery.deliveryId} place={place} delivery={delivery} />
      ))}
    </Table>
  );
}

function DeliveryRow({ place, delivery }: { place: Place; delivery: ListedDelivery }) {
  const { deliveryId, kind, payload, state, createdAt, nextAttemptAt, tries } = delivery;
  const [isPending, startTransition] = useTransition();
  const replay = () =>
    startTransition(async () => {
      await act(() => replayDelivery({ ...place, deliveryId }), {
        message: "It is sent once more.",
      });
    });
  const words = Object.entries(payload).map(([name, value]) => `${name}: ${String(value)}`);
  return (
    <tr>
      <Cell className="whitespace-nowrap align-top tabular-nums">{shownTime(createdAt)}</Cell>
      <Cell className="min-w-48 align-top">
        <span className="font-mono text-[13px]">{kind}</span>
        <div className="break-all font-mono text-xs text-ink-soft">{words.join(", ")}</div>
      </Cell>
      <Cell className="min-w-48 align-top">
        {state === "delivered" ? <Badge tone="good">arrived</Badge> : null}
        {state === "failed" ? <Badge tone="bad">given up</Badge> : null}
        {state === "waiting" ? <Badge tone="warn">waiting</Badge> : null}
        <ol className="text-[13px] text-ink-soft">
          {tries.map(({ attempt, status, problem, milliseconds, at }) => (
            <li key={attempt}>
              {shownTime(at)}: {status === null ? problem : `answered ${status}`}, {milliseconds} ms
            </li>
          ))}
          {nextAttemptAt === null ? null : <li>{shownTime(nextAttemptAt)}: next try</li>}
        </ol>
      </Cell>
      <Cell className="text-end align-top">
        {state === "waiting" ? null : (
          <Button size="small" tone="quiet" disabled={isPending} onClick={replay}>
            Send again<span className="sr-only">: {kind}</span>
          </Button>
        )}
      </Cell>
    </tr>
  );
}

/** Day and time in UTC. */
function shownTime(moment: string): string {
  return new Date(moment).toISOString().slice(0, 19).replace("T", " ");
}
