import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { DeliveryTable } from "@/components/webhooks/delivery-table";
import { EventsForm } from "@/components/webhooks/events-form";
import { RenewSecret } from "@/components/webhooks/renew-secret";
import { unwrap } from "@/lib/server/unwrap";
import { listDeliveries } from "@/lib/services/webhooks";

export const metadata = { title: "Deliveries" };

type Props = {
  params: Promise<{ projectId: string; webhookId: string }>;
  searchParams: Promise<{ after?: string }>;
};

export default async function DeliveriesPage({ params, searchParams }: Props) {
  const place = await params;
  const { after } = await searchParams;
  const { url, events, deliveries, next } = unwrap(
    await listDeliveries(after === undefined ? place : { ...place, after }),
  );
  const all = `/projects/${place.projectId}/api/webhooks`;
  return (
    <main>
      <PageHeader
        title="Deliveries"
        actions={
          <ButtonLink size="small" href={all}>
            All webhooks
          </ButtonLink>
        }
      >
        <span className="break-all font-mono text-[13px]">{url}</span>
      </PageHeader>
      <EventsForm place={place} events={events} />
      <RenewSecret {...place} />
      {deliveries.length > 0 ? (
        <DeliveryTable place={place} deliveries={deliveries} />
      ) : (
        <EmptyState title="Nothing was sent yet">
          Send a test from the list of webhooks to see whether it arrives.
        </EmptyState>
      )}
      {next === null ? null : (
        <div className="mt-3">
          <ButtonLink
            size="small"
            href={`${all}/${place.webhookId}?after=${encodeURIComponent(next)}`}
          >
            Earlier deliveries
          </ButtonLink>
        </div>
      )}
    </main>
  );
}
