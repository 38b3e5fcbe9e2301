/**
 * Loaded before the web server: tells it which address each request came from, which Next hides.
 * Whatever a client sends under this name is overwritten.
 */
import http from "node:http";

const header = "x-framemark-peer";
const { emit } = http.Server.prototype;

http.Server.prototype.emit = function (event, ...rest) {
  const [request, response] = rest;
  // Next cannot make a request of this method and would answer that it failed.
  if (event === "request" && request?.method === "TRACE") {
    response.writeHead(405, { allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" }).end();
    return true;
  }
  if (event === "request" && request?.headers) {
    request.headers[header] = request.socket?.remoteAddress ?? "";
  }
  return emit.call(this, event, ...rest);
};
