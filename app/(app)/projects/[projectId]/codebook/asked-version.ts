/** The version that an address asks for by `?version=`, as input for a use case. */
export function askedVersion(
  asked: Record<string, string | string[] | undefined>,
): { version: number } | Record<never, never> {
  const version = Number(asked.version);
  return Number.isInteger(version) && version > 0 ? { version } : {};
}
