/**
 * Loaded before the web server: tells it which address each request came from, which Next hides, and
 * refuses methods that Next does not know.
 * Whatever a client sends under this name is overwritten.
 */
import http from "node:http";

const header = "x-framemark-peer";
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const { emit } = http.Server.prototype;

http.Server.prototype.emit = function (event, ...rest) {
  const [request, response] = rest;
  // Next would answer to others, such as TRACE, that they failed.
  if (event === "request" && request?.method && !methods.includes(request.method)) {
    response.writeHead(405, { allow: methods.join(", ") }).end();
    return true;
  }
  if (event === "request" && request?.headers) {
    request.headers[header] = request.socket?.remoteAddress ?? "";
  }
  return emit.call(this, event, ...rest);
};
