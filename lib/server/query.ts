import "server-only";

/** The query of an address as an input: a name that stands several times becomes a list. Empty values are left out. */
export function queryOf(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries(
    [...new Set(searchParams.keys())].flatMap((name) => {
      const values = searchParams.getAll(name).filter((value) => value !== "");
      if (values.length === 0) return [];
      return [[name, values.length === 1 && values[0] !== undefined ? values[0] : values] as const];
    }),
  );
}
