/** npm run api-client: writes the types of the TypeScript client anew, from the interface's own document. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { apiDocument } from "@/lib/services/api/document";

/** Where the types are kept. */
export const schemaFile = path.resolve(import.meta.dirname, "..", "client", "schema.ts");

const HEAD = `/** Made by \`npm run api-client\` from the interface's own document: do not edit. */\n`;

/** The types that belong to the document of now. */
export async function clientSchema(): Promise<string> {
  // A copy: the generator writes into what it reads.
  const document = JSON.parse(JSON.stringify(apiDocument()));
  return HEAD + astToString(await openapiTS(document, { alphabetize: true }));
}

if (process.argv[1] === import.meta.filename) writeFileSync(schemaFile, await clientSchema());
