import { readFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { encode } from "next-auth/jwt";
import { startSession } from "@/lib/server/sign-in";
import { SECRET } from "./stage";

export type Answer = { status: number; body: string };

const manifest = path.resolve(
  import.meta.dirname,
  "../../.next/server/server-reference-manifest.json",
);
/** As browsers do: a few connections each, kept. Made large enough never to queue here. */
const agent = new http.Agent({ keepAlive: true, maxSockets: 1_000 });

/** Somebody who is signed in, with their session made past the sign-in page. */
export class Browser {
  private constructor(
    private readonly address: string,
    private readonly cookie: string,
  ) {}

  static async signedIn(address: string, userId: string): Promise<Browser> {
    const sessionId = await startSession(userId, 86_400, "bench");
    const token = await encode({ token: { sub: userId, sessionId }, secret: SECRET });
    return new Browser(address, `next-auth.session-token=${token}`);
  }

  get(place: string): Promise<Answer> {
    return this.send("GET", place, null, {});
  }

  post(place: string, body: object): Promise<Answer> {
    return this.send("POST", place, JSON.stringify(body), { "content-type": "application/json" });
  }

  /** Calls a server action as the page does that it belongs to; answers what it returns. */
  async act<T>(page: string, name: string, input: object): Promise<T> {
    const answer = await this.send("POST", page, JSON.stringify([input]), {
      "content-type": "text/plain;charset=UTF-8",
      accept: "text/x-component",
      "next-action": actionId(name),
    });
    // A row of the answer for each value; the action's own is numbered 1.
    const row = /^1:(\{.*)$/m.exec(answer.body)?.[1];
    if (answer.status !== 200 || row === undefined) {
      throw new Error(`${name}: ${answer.status} ${answer.body.slice(0, 300)}`);
    }
    return JSON.parse(row) as T;
  }

  private async send(...request: Parameters<Browser["sendOnce"]>): Promise<Answer> {
    for (;;) {
      const answer = await this.sendOnce(...request);
      if (answer !== "closed") return answer;
    }
  }

  /** The answer; `closed` where a kept connection was just being closed, after which browsers send again. */
  private sendOnce(
    method: string,
    place: string,
    body: string | null,
    headers: Record<string, string>,
  ): Promise<Answer | "closed"> {
    return new Promise((resolve, reject) => {
      const options = {
        ...{ method, agent, timeout: 60_000 },
        headers: { ...headers, cookie: this.cookie, origin: this.address },
      };
      const request = http.request(`${this.address}${place}`, options, (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece) => pieces.push(piece));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(pieces).toString("utf8");
          resolve({ status: response.statusCode ?? 0, body: text });
        });
      });
      request.on("error", (error) => {
        const isReset = "code" in error && error.code === "ECONNRESET";
        if (isReset && request.reusedSocket) resolve("closed");
        else reject(error);
      });
      request.on("timeout", () => request.destroy(new Error("No answer within a minute.")));
      request.end(body ?? undefined);
    });
  }
}

const known = new Map<string, string>();

/** Builds name actions by hashes. */
function actionId(name: string): string {
  if (known.size === 0) {
    const { node } = JSON.parse(readFileSync(manifest, "utf8")) as {
      node: Record<string, { exportedName: string }>;
    };
    for (const [id, { exportedName }] of Object.entries(node)) known.set(exportedName, id);
  }
  const id = known.get(name);
  if (id === undefined) throw new Error(`The build has no action ${name}.`);
  return id;
}
