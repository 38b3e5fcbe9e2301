/** Serves the pages of the bench and stands in for the server that takes operations. */
import { createReadStream, existsSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Batch, BatchAnswer } from "@/lib/domain/annotation/operation";

const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

export type Serving = {
  address: string;
  /** Where an article can be fetched from. */
  offer(name: string, json: string): string;
  close(): void;
};

/** What the product's layout gets from Next's own font loader. */
const FONTS = "<style>html{--font-geist-sans:ui-sans-serif;--font-geist-mono:ui-monospace}</style>";

/** `folders` by the first part of the path. */
export async function serve(folders: Record<string, string>): Promise<Serving> {
  const articles = new Map<string, string>();
  const revisions = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const [, first = "", ...rest] = (request.url ?? "/").split("?")[0]?.split("/") ?? [];
    const folder = folders[first];
    if (first === "page") return html(response, pageFor(rest[0] ?? ""));
    if (first === "article") return json(response, articles.get(rest[0] ?? "") ?? "null");
    if (first === "api") return json(response, await takeBatch(request, revisions));
    if (folder !== undefined) return file(response, path.join(folder, ...rest));
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    offer(name, text) {
      articles.set(name, text);
      return `/article/${name}`;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function pageFor(name: string): string {
  const labelStudio =
    name === "label-studio"
      ? '<link rel="stylesheet" href="/label-studio/static/css/main.css"><script src="/label-studio/static/js/main.js"></script>'
      : "";
  const sheet = labelStudio === "" ? `<link rel="stylesheet" href="/pages/${name}.css">` : "";
  return `<!doctype html><html lang="en" data-theme="light"><head><meta charset="utf-8">${FONTS}<title>${name}</title>${labelStudio}${sheet}</head><body><div id="root"></div><script type="module" src="/pages/${name}.js"></script></body></html>`;
}

/** Stores every operation, as the real server does with good ones. */
async function takeBatch(request: IncomingMessage, revisions: Map<string, number>) {
  const key = request.url ?? "";
  if (request.method !== "POST") return "[]";
  let body = "";
  for await (const chunk of request) body += chunk;
  const batch = JSON.parse(body) as Batch;
  let revision = revisions.get(key) ?? 0;
  const results = batch.operations.map(({ id }) => {
    revision++;
    return { id, outcome: "applied" as const, revision };
  });
  revisions.set(key, revision);
  const answer: BatchAnswer = { revision, results, missed: [], submitted: false };
  return JSON.stringify(answer);
}

function html(response: ServerResponse, text: string): void {
  response.writeHead(200, { "content-type": "text/html" }).end(text);
}

function json(response: ServerResponse, text: string): void {
  response.writeHead(200, { "content-type": "application/json" }).end(text);
}

function file(response: ServerResponse, from: string): void {
  if (!existsSync(from)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": TYPES[path.extname(from)] ?? "text/plain" });
  createReadStream(from).pipe(response);
}
