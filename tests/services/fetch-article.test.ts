import http from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mayFetch } from "@/lib/domain/imports/robots";
import {
  type FetchTools,
  fetchArticle,
  fetchWith,
  isPublicAddress,
} from "@/lib/server/fetch-article";
import { failureFrom, valueFrom } from "./support/answers";

/** Answers by path; counts what reached it. */
const asked: string[] = [];
const server = http.createServer((request, response) => {
  asked.push(request.url ?? "");
  const html = { "content-type": "text/html; charset=utf-8" };
  switch (request.url) {
    case "/article":
      return response.writeHead(200, html).end(`<p>${request.headers.host}</p>`);
    case "/to-article":
      return response.writeHead(302, { location: "/article" }).end();
    case "/to-private":
      return response.writeHead(302, { location: "http://private.test:80/article" }).end();
    case "/to-file":
      return response.writeHead(302, { location: "file:///etc/passwd" }).end();
    case "/round":
      return response.writeHead(302, { location: "/round" }).end();
    case "/bomb":
      return response
        .writeHead(200, { ...html, "content-encoding": "gzip" })
        .end(gzipSync(Buffer.alloc(50_000_000)));
    case "/large":
      response.writeHead(200, html);
      return void sendForever(response);
    case "/liar":
      return response.writeHead(200, { ...html, "content-length": "10" }).end("short");
    case "/picture":
      return response.writeHead(200, { "content-type": "image/png" }).end("no text");
    default:
      return response.writeHead(404).end();
  }
});

function sendForever(response: http.ServerResponse): void {
  const more = () => {
    if (response.destroyed) return;
    response.write("a".repeat(100_000), more);
  };
  more();
}

let port = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = String((server.address() as AddressInfo).port);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Takes this machine for a public one, and nothing else that is private. */
const tools = (resolve: FetchTools["resolve"] = async () => ["127.0.0.1"]): FetchTools => ({
  resolve,
  isPublic: (address) => address === "127.0.0.1" || isPublicAddress(address),
  ports: ["", "80", "443", port],
});
const fetchPath = (path: string, own = tools()) =>
  fetchWith(own, `http://news.test:${port}${path}`);
const why = async (path: string) => failureFrom(await fetchPath(path)).message;

test("a page of the public web is fetched, redirects followed", async () => {
  const page = valueFrom(await fetchPath("/to-article"));
  expect(Buffer.from(page.bytes).toString()).toBe(`<p>news.test:${port}</p>`);
  expect(page.address).toBe(`http://news.test:${port}/article`);
});

describe("nothing of a private network is reached", () => {
  test.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://100.64.0.1/",
    "http://[fd00:ec2::254]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1]/",
    "http://224.0.0.1/",
    "http://１２７.０.０.１/",
    "http://localhost/",
  ])("%s", async (address) => {
    expect(failureFrom(await fetchArticle(address)).message).toMatch(/private network/);
  });

  test("by a name that has a public and a private address", async () => {
    const both = tools(async () => ["8.8.8.8", "10.0.0.1"]);
    expect(failureFrom(await fetchPath("/article", both)).message).toMatch(/private network/);
  });

  test("by a name that leads elsewhere a moment later", async () => {
    let times = 0;
    // Public when it is looked at; the connection must go there, and not where a second answer leads.
    const turning = tools(async () => [times++ === 0 ? "127.0.0.1" : "10.0.0.1"]);
    const before = asked.length;
    expect(failureFrom(await fetchPath("/article", turning)).message).toMatch(/private network/);
    expect(asked.slice(before)).toEqual(["/robots.txt"]);
  });

  test("by a redirect", async () => {
    const named = tools(async (host) => [host === "private.test" ? "10.0.0.1" : "127.0.0.1"]);
    expect(failureFrom(await fetchPath("/to-private", named)).message).toMatch(/private network/);
    expect(await why("/to-file")).toMatch(/full address/);
  });
});

test.each([
  ["file:///etc/passwd", /full address/],
  ["ftp://example.org/", /full address/],
  ["http://ada:secret@example.org/", /name and password/],
  ["http://example.org:22/", /usual ports/],
  [`http://example.org/${"a".repeat(3_000)}`, /at most/],
  ["no address", /full address/],
])("the address %s is refused", async (address, message) => {
  expect(failureFrom(await fetchArticle(address)).message).toMatch(message);
});

test("what is too large, unpacked or endless, no text, or no end of redirects is refused", async () => {
  expect(await why("/bomb")).toMatch(/larger than 5 MB/);
  expect(await why("/large")).toMatch(/larger than 5 MB/);
  expect(await why("/liar")).toMatch(/could not be reached/);
  expect(await why("/picture")).toMatch(/no page of text/);
  expect(await why("/round")).toMatch(/without end/);
  expect(await why("/missing")).toMatch(/answered with 404/);
});

test("robots.txt is obeyed: the longest rule that fits, our own group before that for all", () => {
  const may = (robots: string, path: string) =>
    mayFetch(robots, new URL(path, "https://example.org"), "Framemark");
  expect(may("", "/a")).toBe(true);
  expect(may("User-agent: *\nDisallow: /", "/a")).toBe(false);
  expect(may("User-agent: *\nDisallow:", "/a")).toBe(true);
  expect(may("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c")).toBe(true);
  expect(may("User-agent: *\nDisallow: /*.html$", "/a/b.html")).toBe(false);
  expect(may("User-agent: *\nDisallow: /*.html$", "/a/b.html?x")).toBe(true);
  expect(may("User-agent: *\nDisallow: /\n\nUser-agent: framemark\nDisallow: /x", "/a")).toBe(true);
  expect(may(`User-agent: *\nDisallow: /${"*a".repeat(5_000)}`, `/${"a".repeat(2_000)}`)).toBe(
    true,
  );
});
