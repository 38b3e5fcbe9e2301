import "server-only";
import { createHmac, hkdfSync } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { type Result, success } from "@/lib/domain/result";
import { env, webhookHosts } from "./env";
import {
  checkedAddress,
  FetchRefused,
  type FetchTools,
  PUBLIC_WEB,
  pinnedTo,
  readAddress,
} from "./fetch-article";

const TOTAL_MS = 10_000;
/** Before every secret, as receivers know it. */
const SECRET_PREFIX = "whsec_";

/** What is sent, and to whom. `id` is the event's, so that a receiver knows what it has. */
export type WebhookMessage = { url: string; id: string; body: string; secret: string; at: Date };

/** What came back: a status, or why nothing did. */
export type WebhookOutcome = { status: number } | { problem: string };

/**
 * The secret of a webhook. It follows from the server's own and is stored nowhere: whoever reads the
 * database cannot sign. `place` names the webhook and how often its secret was renewed.
 */
export function webhookSecret(...place: (string | number)[]): string {
  const purpose = `framemark:webhook:${place.join(":")}`;
  const key = hkdfSync("sha256", env().NEXTAUTH_SECRET, "", purpose, 32);
  return SECRET_PREFIX + Buffer.from(key).toString("base64");
}

/** The signature of a message as standardwebhooks.com describes it: over its id, its second and its body. */
function signWebhook({ id, body, secret, at }: Omit<WebhookMessage, "url">): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), "base64");
  const signed = createHmac("sha256", key).update(`${id}.${seconds(at)}.${body}`);
  return `v1,${signed.digest("base64")}`;
}

/** The address that somebody gave for a webhook, where something can be sent there at all. */
export function webhookAddress(url: string): Result<URL> {
  return readAddress(url, toolsFor(url));
}

/** Sends a message. Follows no redirect, reads nothing of the answer, and reaches no private network. */
export async function postWebhook(message: WebhookMessage): Promise<WebhookOutcome> {
  const tools = toolsFor(message.url);
  const asked = readAddress(message.url, tools);
  if (!asked.ok) return { problem: asked.failure.message };
  const deadline = AbortSignal.timeout(TOTAL_MS);
  try {
    const address = await checkedAddress(tools, asked.value);
    const sent = await send(message, asked.value, { address, tools, deadline });
    return sent.ok ? { status: sent.value } : { problem: sent.failure.message };
  } catch (error) {
    if (error instanceof FetchRefused) return { problem: error.message };
    return { problem: deadline.aborted ? "No answer within ten seconds." : "Not reached." };
  }
}

type Connection = { address: string; tools: FetchTools; deadline: AbortSignal };

function send(
  message: WebhookMessage,
  url: URL,
  { address, tools, deadline }: Connection,
): Promise<Result<number>> {
  const bytes = Buffer.from(message.body);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? https : http).request(url, {
      method: "POST",
      agent: false,
      lookup: pinnedTo(address),
      signal: deadline,
      maxHeaderSize: 16_384,
      headers: {
        "user-agent": "Framemark (webhook)",
        "content-type": "application/json",
        "content-length": bytes.length,
        "webhook-id": message.id,
        "webhook-timestamp": String(seconds(message.at)),
        "webhook-signature": signWebhook(message),
      },
    });
    request.on("socket", (socket) => {
      socket.once("connect", () => {
        // Whatever happened on the way: the other end is what was checked.
        if (!tools.isPublic(socket.remoteAddress ?? "")) {
          request.destroy(new FetchRefused("The address leads into a private network."));
        }
      });
    });
    request.once("response", (response) => {
      resolve(success(response.statusCode ?? 0));
      response.destroy();
    });
    request.once("error", reject);
    request.end(bytes);
  });
}

/** The public web; and what whoever runs the site has named, though it is not public. */
function toolsFor(url: string): FetchTools {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const port = parsed?.port || (parsed?.protocol === "http:" ? "80" : "443");
  const isNamed = parsed !== null && webhookHosts().includes(`${parsed.hostname}:${port}`);
  return isNamed
    ? { ...PUBLIC_WEB, isPublic: () => true, ports: [...PUBLIC_WEB.ports, port] }
    : PUBLIC_WEB;
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
