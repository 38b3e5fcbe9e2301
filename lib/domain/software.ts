/** What this program calls itself in files; the version is that of package.json, which a test holds it to. */
export const SOFTWARE = { name: "Framemark", version: "0.1.0" } as const;
