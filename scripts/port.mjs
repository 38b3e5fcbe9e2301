/** The port to serve on: found, and kept for us while the rest gets ready. */
import http from "node:http";
import net from "node:net";

const usualPort = 3000;
const tries = 50;

/**
 * @typedef {object} HeldPort
 * @property {number} port
 * @property {string | undefined} remark when it is not the usual one
 * @property {() => Promise<void>} release
 */

/**
 * The given port or none; without one, the usual or the next that is free. 0 means any.
 * @param {string | undefined} wanted
 * @param {string} host
 * @returns {Promise<HeldPort>}
 */
export async function holdPort(wanted, host) {
  if (!wanted) return holdNext(host);
  const port = Number(wanted);
  if (!/^\d+$/.test(wanted) || port > 65_535) {
    throw new Error(`PORT is "${wanted}", which is no port number.`);
  }
  const held = await hold(port, host);
  if (held) return held;
  throw new Error(
    `Port ${port} is taken by another program. End that one, or give another port ` +
      `(PORT=${port + 1} npm start), or none: then a free one is found.`,
  );
}

async function holdNext(host) {
  for (let port = usualPort; port < usualPort + tries; port++) {
    const held = await hold(port, host);
    if (held && port !== usualPort) held.remark = `port ${usualPort} is taken, using ${port}`;
    if (held) return held;
  }
  throw new Error(`No port from ${usualPort} to ${usualPort + tries - 1} is free: set PORT.`);
}

/** @returns {Promise<HeldPort | undefined>} undefined when it is taken */
async function hold(port, host) {
  // A browser tries ::1 for "localhost" first: what listens there would get our visitors.
  if (host === "127.0.0.1" && port !== 0 && (await isTaken(port, "::1"))) return undefined;
  const server = http.createServer(answerLater);
  if (!(await listens(server, port, host))) return undefined;
  const address = /** @type {net.AddressInfo} */ (server.address());
  return {
    port: address.port,
    remark: undefined,
    release: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerLater(_request, response) {
  response.writeHead(503, { "retry-after": "5", refresh: "3", "content-type": "text/plain" });
  response.end("Framemark is getting ready. This page comes back by itself.\n");
}

async function isTaken(port, host) {
  const probe = net.createServer();
  try {
    const free = await listens(probe, port, host);
    if (free) await new Promise((resolve) => probe.close(resolve));
    return !free;
  } catch {
    return false; // no such address on this machine
  }
}

/** @returns {Promise<boolean>} false when the port is taken */
function listens(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else if (error.code === "EACCES")
        reject(new Error(`This account may not serve on port ${port}: choose one above 1023.`));
      else reject(new Error(`Cannot serve on ${host}:${port}: ${error.message}`));
    });
    server.listen(port, host, () => resolve(true));
  });
}
