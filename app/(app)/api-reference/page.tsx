import { OperationView, type ShownOperation } from "@/components/api-reference/operation-view";
import { type Schema, SchemaView } from "@/components/api-reference/schema-view";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader, Section } from "@/components/ui/page";
import { apiDocument } from "@/lib/services/api/document";

export const metadata = { title: "API" };

type Listed = { method: string; path: string; operation: ShownOperation & { tags?: string[] } };

/** The interface for programs, read from its own document. It needs no other site. */
export default function ApiReferencePage() {
  const { paths = {}, tags = [], components } = apiDocument();
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Listed["operation"]>).map(([method, operation]) => ({
      method,
      path,
      operation,
    })),
  );
  const schemas = Object.entries((components?.schemas ?? {}) as Record<string, Schema>);
  return (
    <main>
      <PageHeader
        title="API"
        actions={
          <ButtonLink size="small" href="/api/v1/openapi.json" prefetch={false}>
            OpenAPI document
          </ButtonLink>
        }
      >
        What programs can read and write, at <code className="font-mono text-[13px]">/api/v1</code>.
        They send a token of a project as{" "}
        <code className="font-mono text-[13px]">Authorization: Bearer fmk_…</code>; a lead makes it
        on the project’s page of tokens. Offsets are Unicode code points.
      </PageHeader>
      {tags.map(({ name }) => (
        <Section key={name} title={name}>
          <div className="rounded-md border border-line bg-surface">
            {all
              .filter(({ operation }) => operation.tags?.includes(name))
              .map((each) => (
                <OperationView key={each.operation.operationId} {...each} />
              ))}
          </div>
        </Section>
      ))}
      <Section title="What is sent and answered">
        <dl className="flex flex-col gap-4 text-sm">
          {schemas
            .sort(([a], [b]) => a.localeCompare(b, "en"))
            .map(([name, schema]) => (
              <div key={name} id={`schema-${name}`} className="scroll-mt-16">
                <dt className="font-mono text-[13px] font-semibold">{name}</dt>
                <dd>
                  <SchemaView schema={schema} />
                </dd>
              </div>
            ))}
        </dl>
      </Section>
    </main>
  );
}
