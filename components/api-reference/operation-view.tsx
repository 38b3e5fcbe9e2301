import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { plainWords, type Schema, SchemaView } from "./schema-view";

type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
};
type Content = Record<string, { schema?: Schema }>;

/** The parts of an operation that are shown. */
export type ShownOperation = {
  operationId: string;
  summary: string;
  description: string;
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description?: string; content?: Content }>;
};

/** One thing that the interface does: how it is asked for, and what it answers. */
export function OperationView({
  method,
  path,
  operation,
}: {
  method: string;
  path: string;
  operation: ShownOperation;
}) {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const answers = Object.entries(responses).filter(([status]) => Number(status) < 400);
  return (
    <details id={operationId} className="border-b border-line last:border-b-0">
      <summary className="cursor-pointer px-3 py-2 hover:bg-sunken">
        <span className="mr-2 inline-block w-14 align-baseline">
          <Badge tone={method === "get" ? "plain" : "accent"}>{method.toUpperCase()}</Badge>
        </span>
        <code className="break-all font-mono text-[13px]">{path}</code>
        <span className="ml-2 text-sm text-ink-soft">{summary}</span>
      </summary>
      <div className="flex flex-col gap-3 px-3 pb-4 pt-1 text-sm sm:pl-[4.5rem]">
        <p className="max-w-prose">{plainWords(description)}</p>
        {parameters.length === 0 ? null : (
          <Part title="Parameters">
            <ul>
              {parameters.map((each) => (
                <li key={`${each.in} ${each.name}`} className="py-0.5">
                  <code className="font-mono text-[13px]">{each.name}</code>{" "}
                  <span className="text-ink-soft">
                    ({each.in}
                    {each.required ? "" : ", may be left out"}):
                  </span>{" "}
                  {each.schema === undefined ? null : <SchemaView schema={each.schema} />}
                  {each.description === undefined ? null : (
                    <span className="text-ink-soft"> – {plainWords(each.description)}</span>
                  )}
                </li>
              ))}
            </ul>
          </Part>
        )}
        {requestBody === undefined ? null : (
          <Part title="Body">
            <ContentView content={requestBody.content} />
          </Part>
        )}
        <Part title="Answers">
          {answers.map(([status, { description: words, content }]) => (
            <div key={status} className="py-0.5">
              <code className="font-mono text-[13px]">{status}</code>{" "}
              <span className="text-ink-soft">{words}</span>{" "}
              {content === undefined ? null : <ContentView content={content} />}
            </div>
          ))}
        </Part>
      </div>
    </details>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="text-[13px] font-semibold">{title}</h3>
      {children}
    </div>
  );
}

function ContentView({ content }: { content: Content }) {
  return (
    <>
      {Object.entries(content).map(([type, { schema }]) => (
        <div key={type}>
          <code className="font-mono text-xs text-ink-soft">{type}</code>{" "}
          {schema === undefined ? null : <SchemaView schema={schema} />}
        </div>
      ))}
    </>
  );
}
