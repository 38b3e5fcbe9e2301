"use client";
import Link from "next/link";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { pauseWebhook, removeWebhook, testWebhook } from "@/lib/actions/webhooks";
import { EVENT_WORDS } from "@/lib/domain/api/webhook-events";
import type { ListedWebhook } from "@/lib/services/webhooks";

/** The webhooks of a project, with how their latest deliveries went. */
export function WebhookTable({
  projectId,
  webhooks,
}: {
  projectId: string;
  webhooks: ListedWebhook[];
}) {
  return (
    <Table
      label="Webhooks"
      head={
        <>
          <HeadCell>Address</HeadCell>
          <HeadCell>Told when</HeadCell>
          <HeadCell>Deliveries</HeadCell>
          <HeadCell>
            <span className="sr-only">Acts</span>
          </HeadCell>
        </>
      }
    >
      {webhooks.map((webhook) => (
        <WebhookRow key={webhook.webhookId} projectId={projectId} webhook={webhook} />
      ))}
    </Table>
  );
}

function WebhookRow({ projectId, webhook }: { projectId: string; webhook: ListedWebhook }) {
  const { webhookId, url, events, isPaused, delivered, failed, waiting } = webhook;
  const [isPending, startTransition] = useTransition();
  const place = { projectId, webhookId };
  const { host } = new URL(url);
  const choose = (choice: "pause" | "resume") =>
    startTransition(async () => {
      await act(() => pauseWebhook({ ...place, choice }), {
        message: choice === "pause" ? `${host} is told nothing for now.` : `${host} is told again.`,
      });
    });
  const test = () =>
    startTransition(async () => {
      await act(() => testWebhook(place), { message: "A test is on its way. See the deliveries." });
    });
  const remove = () =>
    startTransition(async () => {
      await act(() => removeWebhook(place), { message: `The webhook to ${host} is removed.` });
    });
  return (
    <tr>
      <Cell className="min-w-56 break-all">
        <span className="font-mono text-[13px]">{url}</span>{" "}
        {isPaused ? <Badge tone="warn">paused</Badge> : null}
      </Cell>
      <Cell className="min-w-44 text-[13px] text-ink-soft">
        {events.map((event) => EVENT_WORDS[event]).join("; ")}
      </Cell>
      <Cell className="whitespace-nowrap">
        <Link
          href={`/projects/${projectId}/api/webhooks/${webhookId}`}
          className="text-accent underline underline-offset-2"
        >
          {delivered} arrived, {failed} failed{waiting > 0 ? `, ${waiting} waiting` : ""}
          <span className="sr-only">: deliveries to {host}</span>
        </Link>
      </Cell>
      <Cell className="whitespace-nowrap text-end">
        <Button size="small" tone="quiet" disabled={isPending || isPaused} onClick={test}>
          Send a test<span className="sr-only"> to {host}</span>
        </Button>
        <Button
          size="small"
          tone="quiet"
          disabled={isPending}
          onClick={() => choose(isPaused ? "resume" : "pause")}
        >
          {isPaused ? "Resume" : "Pause"}
          <span className="sr-only"> {host}</span>
        </Button>
        <Button size="small" tone="quiet" disabled={isPending} onClick={remove}>
          Remove<span className="sr-only"> {host}</span>
        </Button>
      </Cell>
    </tr>
  );
}
