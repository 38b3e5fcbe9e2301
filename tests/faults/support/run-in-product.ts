import path from "node:path";
import { runNode } from "../../../scripts/run-node.mjs";

/** Runs a program of this folder that uses the product's own code on a database; answers the JSON that it prints last. */
export async function runInProduct<T>(
  program: string,
  databaseUrl: string,
  environment: Record<string, string> = {},
): Promise<T> {
  const printed: string[] = [];
  const file = path.join(import.meta.dirname, program);
  await runNode(["--conditions=react-server", "--import", "tsx", file], {
    env: { ...process.env, DATABASE_URL: databaseUrl, ...environment },
    onOutput: (line) => printed.push(line),
  });
  return JSON.parse(printed.at(-1) ?? "null") as T;
}
