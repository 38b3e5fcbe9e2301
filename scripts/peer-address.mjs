/**
 * Loaded before the web server: tells it which address each request came from, which Next hides.
 * Whatever a client sends under this name is overwritten.
 */
import http from "node:http";

const header = "x-framemark-peer";
const { emit } = http.Server.prototype;

http.Server.prototype.emit = function (event, ...rest) {
  const [request] = rest;
  if (event === "request" && request?.headers) {
    request.headers[header] = request.socket?.remoteAddress ?? "";
  }
  return emit.call(this, event, ...rest);
};
