/** Stands in for the web application where a test is about the supervisor only. */
import http from "node:http";

const { PORT, HOSTNAME } = process.env;

http
  .createServer((request, response) => {
    if (request.url === "/die") process.exit(3);
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({ pid: process.pid, parent: process.ppid, environment: process.env }),
    );
  })
  .listen(Number(PORT), HOSTNAME);

process.on("SIGTERM", () => process.exit(0));
