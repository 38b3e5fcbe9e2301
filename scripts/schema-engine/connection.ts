/**
 * The schema engine's way to the database, one connection each for the real and the shadow database.
 * Prisma's own PostgreSQL adapter (7.10) cannot serve here: it fails on the "char" columns of the
 * catalogue, cuts a script at every semicolon and so breaks functions and triggers, opens the real
 * database when asked for the shadow one, and is never disposed of, so that the program hangs.
 */
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

const adapterInfo = { provider: "postgres", adapterName: "framemark-migrate" } as const;

/** `connections` is what the engine connects with; `close` must be called once it has been freed. */
export function openConnections(databaseUrl: string) {
  const open: pg.Client[] = [];
  const shadows: string[] = [];
  const connect = async (url: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    open.push(client);
    return client;
  };
  const connections = bindMigrationAwareSqlAdapterFactory({
    ...adapterInfo,
    connect: async () => adapterOf(await connect(databaseUrl)),
    connectToShadowDb: async () => {
      const name = `framemark_shadow_${crypto.randomUUID()}`;
      const administrator = await connect(databaseUrl);
      await administrator.query(`CREATE DATABASE "${name}"`);
      shadows.push(name);
      const shadowUrl = new URL(databaseUrl);
      shadowUrl.pathname = `/${name}`;
      return adapterOf(await connect(shadowUrl.href));
    },
  });
  const close = async () => {
    await Promise.all(open.map((client) => client.end()));
    const administrator = await connect(databaseUrl);
    for (const name of shadows) {
      await administrator.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    }
    await administrator.end();
  };
  return { connections, close };
}

function adapterOf(client: pg.Client): SqlDriverAdapter {
  const ask = async (query: pg.QueryConfig) => {
    try {
      return await client.query<unknown[]>({ ...query, rowMode: "array" });
    } catch (error) {
      throw error instanceof pg.DatabaseError ? engineError(error) : error;
    }
  };
  const parameterised = ({ sql, args }: SqlQuery) => ask({ text: sql, values: args, types });
  return {
    ...adapterInfo,
    queryRaw: async (query) => {
      const { fields, rows } = await parameterised(query);
      return {
        columnNames: fields.map((field) => field.name),
        columnTypes: fields.map((field) => columnTypes[field.dataTypeID] ?? ColumnTypeEnum.Text),
        rows,
      };
    },
    executeRaw: async (query) => (await parameterised(query)).rowCount ?? 0,
    // Without parameters PostgreSQL takes the whole file at once and as one transaction.
    executeScript: async (text) => void (await ask({ text })),
    startTransaction: () => Promise.reject(new Error("The schema engine opens no transactions.")),
    getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
    dispose: () => client.end(),
  };
}

function engineError(error: pg.DatabaseError) {
  const { code = "", severity = "ERROR", message, detail, column, hint } = error;
  return new DriverAdapterError({
    kind: "postgres",
    code,
    severity,
    message,
    detail,
    column,
    hint,
  });
}

const { builtins } = pg.types;

/** Type numbers of arrays, which pg does not name (pg_type.oid). */
const arrays = {
  bool: 1000,
  char: 1002,
  name: 1003,
  int2: 1005,
  int4: 1007,
  text: 1009,
  bpchar: 1014,
  varchar: 1015,
  int8: 1016,
  oid: 1028,
};

/** What the engine reads from the catalogue; it panics when "char" is told to be text. */
const columnTypes: Record<number, ColumnType> = {
  [builtins.BOOL]: ColumnTypeEnum.Boolean,
  [builtins.CHAR]: ColumnTypeEnum.Character,
  [builtins.INT2]: ColumnTypeEnum.Int32,
  [builtins.INT4]: ColumnTypeEnum.Int32,
  [builtins.INT8]: ColumnTypeEnum.Int64,
  [builtins.OID]: ColumnTypeEnum.Int64,
  [builtins.FLOAT4]: ColumnTypeEnum.Float,
  [builtins.FLOAT8]: ColumnTypeEnum.Double,
  [builtins.NUMERIC]: ColumnTypeEnum.Numeric,
  [builtins.JSON]: ColumnTypeEnum.Json,
  [builtins.JSONB]: ColumnTypeEnum.Json,
  [builtins.UUID]: ColumnTypeEnum.Uuid,
  [builtins.TIMESTAMP]: ColumnTypeEnum.DateTime,
  [builtins.TIMESTAMPTZ]: ColumnTypeEnum.DateTime,
  [arrays.bool]: ColumnTypeEnum.BooleanArray,
  [arrays.char]: ColumnTypeEnum.CharacterArray,
  [arrays.name]: ColumnTypeEnum.TextArray,
  [arrays.int2]: ColumnTypeEnum.Int32Array,
  [arrays.int4]: ColumnTypeEnum.Int32Array,
  [arrays.text]: ColumnTypeEnum.TextArray,
  [arrays.bpchar]: ColumnTypeEnum.TextArray,
  [arrays.varchar]: ColumnTypeEnum.TextArray,
  [arrays.int8]: ColumnTypeEnum.Int64Array,
  [arrays.oid]: ColumnTypeEnum.Int64Array,
};

/** The engine wants these as PostgreSQL writes them, not as numbers, objects and dates. */
const asText = new Set<number>([builtins.INT8, builtins.OID, builtins.JSON, builtins.JSONB]);
const moments = new Set<number>([builtins.TIMESTAMP, builtins.TIMESTAMPTZ]);

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number) => {
    if (asText.has(oid)) return (value: string) => value;
    if (moments.has(oid)) return isoMoment;
    return pg.types.getTypeParser(oid, "text");
  },
};

/** "2026-01-02 03:04:05.6+00" as ISO 8601. */
function isoMoment(value: string) {
  return value.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00");
}
