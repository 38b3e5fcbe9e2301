import "server-only";
import { lookup as dnsLookup } from "node:dns";
import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import zlib from "node:zlib";
import ipaddr from "ipaddr.js";
import { mayFetch } from "@/lib/domain/imports/robots";
import { failure, type Result, success } from "@/lib/domain/result";

const MOST_ADDRESS = 2_048;
const MOST_REDIRECTS = 5;
/** After it is unpacked, in bytes. */
const MOST_BYTES = 5_000_000;
const MOST_ROBOTS = 200_000;
const CONNECT_MS = 5_000;
const HEADERS_MS = 10_000;
const TOTAL_MS = 30_000;
const TYPES = /^(?:text\/html|text\/plain|application\/xhtml\+xml)\b/i;
const AGENT = "Framemark";

export type FetchedArticle = { bytes: Uint8Array; type: string; address: string };

/** What a test may replace; the product never does. */
export type FetchTools = {
  resolve: (host: string) => Promise<string[]>;
  isPublic: (address: string) => boolean;
  ports: readonly string[];
};

/** Names as the system resolves them, public addresses, and the usual ports of the web. */
export const PUBLIC_WEB: FetchTools = {
  resolve: resolveHost,
  isPublic: isPublicAddress,
  ports: ["", "80", "443"],
};

/**
 * Fetches a page that a person named, and nothing of our own network: each address on the way is resolved,
 * must be public, and is the one connected to, so that a name cannot lead elsewhere a moment later.
 */
export function fetchArticle(address: string): Promise<Result<FetchedArticle>> {
  return fetchWith(PUBLIC_WEB, address);
}

/** As fetchArticle, with another resolver and other rules, to test it on a server of one's own. */
export async function fetchWith(
  tools: FetchTools,
  address: string,
): Promise<Result<FetchedArticle>> {
  const deadline = AbortSignal.timeout(TOTAL_MS);
  const asked = readAddress(address, tools);
  if (!asked.ok) return asked;
  try {
    const robots = await follow(tools, new URL("/robots.txt", asked.value), deadline, MOST_ROBOTS);
    const rules = robots.ok && robots.value.status === 200 ? robots.value.bytes : null;
    if (rules !== null && !mayFetch(Buffer.from(rules).toString("utf8"), asked.value, AGENT)) {
      return failure(
        "invalid",
        "This site asks programs not to fetch this page (robots.txt). Save the page in your browser and import the file.",
      );
    }
    const page = await follow(tools, asked.value, deadline, MOST_BYTES);
    if (!page.ok) return page;
    const { status, type, bytes, address: final } = page.value;
    if (status !== 200) return failure("invalid", `The site answered with ${status} and no page.`);
    if (!TYPES.test(type)) {
      return failure(
        "invalid",
        "This address leads to no page of text. Download the file and import it.",
      );
    }
    return success({ bytes, type, address: final });
  } catch (error) {
    if (error instanceof FetchRefused) return failure("invalid", error.message);
    const isLate = deadline.aborted;
    return failure(
      "invalid",
      isLate ? "The site took too long to answer." : "The site could not be reached.",
    );
  }
}

/** Whether an address is one of the public internet, whatever form it is written in (RFC 6890). */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === "unicast";
}

/** What is not asked, or was given up, with a sentence for people. */
export class FetchRefused extends Error {}

const NOT_PUBLIC =
  "This address leads into a private network. Only pages of the public web are fetched.";

/** The address that a person gave, where it is one of the web. */
export function readAddress(text: string, { ports }: FetchTools): Result<URL> {
  if (text.length > MOST_ADDRESS) {
    return failure("invalid", `An address has at most ${MOST_ADDRESS} characters.`);
  }
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return failure("invalid", "Give a full address that starts with https:// or http://.");
  }
  if (url.username !== "" || url.password !== "") {
    return failure("invalid", "An address with a name and password in it is not fetched.");
  }
  if (!ports.includes(url.port)) {
    return failure("invalid", "Only the usual ports of the web (80 and 443) are fetched.");
  }
  return success(url);
}

type Answer = { status: number; type: string; bytes: Uint8Array; address: string };

async function follow(
  tools: FetchTools,
  start: URL,
  deadline: AbortSignal,
  most: number,
): Promise<Result<Answer>> {
  let url = start;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = await requestOnce(tools, url, deadline, most);
    if (!("location" in answer)) return success(answer);
    if (!URL.canParse(answer.location, url)) break;
    const next = readAddress(new URL(answer.location, url).href, tools);
    if (!next.ok) return next;
    if (url.protocol === "https:" && next.value.protocol === "http:") {
      return failure("invalid", "The site leads from a safe to an unsafe address.");
    }
    url = next.value;
  }
  return failure("invalid", "The site leads from one address to the next without end.");
}

async function requestOnce(
  tools: FetchTools,
  url: URL,
  deadline: AbortSignal,
  most: number,
): Promise<Answer | { location: string }> {
  const address = await checkedAddress(tools, url);
  const response = await send(url, address, tools, deadline);
  try {
    const status = response.statusCode ?? 0;
    const { location } = response.headers;
    if (status >= 300 && status < 400 && location !== undefined) return { location };
    const bytes = await readBody(response, most);
    return { status, type: response.headers["content-type"] ?? "", bytes, address: url.href };
  } finally {
    response.destroy();
  }
}

/** The one address that is connected to. All that the name stands for must be public. */
export async function checkedAddress({ resolve, isPublic }: FetchTools, url: URL): Promise<string> {
  // The parser has brought numbers such as 0x7f.1 to their usual form.
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = ipaddr.isValid(host) ? [host] : await resolve(host);
  const first = addresses[0];
  if (first === undefined) throw new FetchRefused("There is no site of this name.");
  if (!addresses.every(isPublic)) throw new FetchRefused(NOT_PUBLIC);
  return first;
}

/** Connects to the address that was checked, whatever the name leads to by then. */
export function pinnedTo(address: string): LookupFunction {
  const family = ipaddr.parse(address).kind() === "ipv6" ? 6 : 4;
  return (_host, options, done) => {
    if (options.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
}

function send(
  url: URL,
  address: string,
  { isPublic }: FetchTools,
  deadline: AbortSignal,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? https : http).request(url, {
      agent: false,
      lookup: pinnedTo(address),
      signal: deadline,
      maxHeaderSize: 16_384,
      headers: {
        "user-agent": `${AGENT} (article import)`,
        accept: "text/html, application/xhtml+xml, text/plain",
        "accept-encoding": "gzip, deflate, br",
      },
    });
    const late = (why: string) => () => request.destroy(new FetchRefused(why));
    const connecting = setTimeout(late("The site could not be reached."), CONNECT_MS);
    const waiting = setTimeout(late("The site took too long to answer."), HEADERS_MS);
    request.on("socket", (socket) => {
      socket.once("connect", () => {
        clearTimeout(connecting);
        // Whatever happened on the way: the other end is what was checked.
        if (!isPublic(socket.remoteAddress ?? "")) request.destroy(new FetchRefused(NOT_PUBLIC));
      });
    });
    request.once("response", (response) => {
      clearTimeout(waiting);
      resolve(response);
    });
    request.once("error", reject);
    request.once("close", () => {
      clearTimeout(connecting);
      clearTimeout(waiting);
    });
    request.end();
  });
}

/** Counts what comes out, not what the headers say. */
async function readBody(response: http.IncomingMessage, most: number): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of unpacked(response) as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > most) throw new FetchRefused("This page is larger than 5 MB.");
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function unpacked(response: http.IncomingMessage): Readable {
  const encoding = response.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  const unpack =
    encoding === "gzip" || encoding === "x-gzip"
      ? zlib.createGunzip()
      : encoding === "br"
        ? zlib.createBrotliDecompress()
        : encoding === "deflate"
          ? zlib.createInflate()
          : null;
  if (unpack === null) return response;
  // An error of either ends the other, and with it the reading.
  response.once("error", (error) => unpack.destroy(error));
  unpack.once("close", () => response.destroy());
  return response.pipe(unpack);
}

function resolveHost(host: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    dnsLookup(host, { all: true, verbatim: true }, (error, found) => {
      if (error === null) resolve(found.map(({ address }) => address));
      else if (error.code === "ENOTFOUND") resolve([]);
      else reject(error);
    });
  });
}
