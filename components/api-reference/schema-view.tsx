/** The parts of a JSON schema that are shown. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: Schema | boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};

/** A description without the marks that set off names. */
export function plainWords(description: string): string {
  return description.replaceAll("`", "");
}

/** What a value looks like; named ones lead to their place at the end of the page. */
export function SchemaView({ schema, depth = 0 }: { schema: Schema; depth?: number }) {
  const name = nameOf(schema);
  if (name !== null) return <SchemaLink name={name} />;
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) {
    return (
      <>
        {choices.map((choice, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the choices of a schema never move
          <span key={at}>
            {at > 0 ? " or " : null}
            <SchemaView schema={choice} depth={depth} />
          </span>
        ))}
      </>
    );
  }
  if (schema.items !== undefined) {
    return (
      <>
        list of <SchemaView schema={schema.items} depth={depth} />
      </>
    );
  }
  if (schema.properties !== undefined && depth < 4) return <Fields schema={schema} depth={depth} />;
  return <span>{inWords(schema)}</span>;
}

/** The fields of an object, one below the other. */
function Fields({ schema, depth }: { schema: Schema; depth: number }) {
  const { properties = {}, required = [] } = schema;
  return (
    <ul className="my-1 border-l border-line pl-3">
      {Object.entries(properties).map(([name, field]) => (
        <li key={name} className="py-0.5">
          <code className="font-mono text-[13px]">{name}</code>
          {required.includes(name) ? null : (
            <span className="text-ink-soft"> (may be left out)</span>
          )}
          {": "}
          <SchemaView schema={field} depth={depth + 1} />
          {field.description === undefined ? null : (
            <span className="text-ink-soft"> – {plainWords(field.description)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function SchemaLink({ name }: { name: string }) {
  return (
    <a href={`#schema-${name}`} className="text-accent underline underline-offset-2">
      {name}
    </a>
  );
}

function nameOf({ $ref, allOf }: Schema): string | null {
  const ref = $ref ?? (allOf?.length === 1 ? allOf[0]?.$ref : undefined);
  return ref === undefined ? null : (ref.split("/").at(-1) ?? null);
}

function inWords(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) {
    return schema.enum.map((each) => JSON.stringify(each)).join(" or ");
  }
  const type = Array.isArray(schema.type) ? schema.type.join(" or ") : (schema.type ?? "anything");
  const kind = schema.format === undefined ? type : `${type} (${schema.format})`;
  return [kind, ...limits(schema)].join(", ");
}

function limits(schema: Schema): string[] {
  const { minimum, maximum, maxLength, maxItems } = schema;
  return [
    ...(minimum === undefined ? [] : [`${minimum} or more`]),
    ...(maximum === undefined || maximum > 2_000_000_000 ? [] : [`${maximum} or less`]),
    ...(maxLength === undefined ? [] : [`${maxLength} characters at most`]),
    ...(maxItems === undefined ? [] : [`${maxItems} at most`]),
  ];
}
