import "server-only";
import { createHmac } from "node:crypto";
import ipaddr from "ipaddr.js";
import { headers } from "next/headers";
import { env } from "./env";

/** In which scripts/peer-address.mjs says where a request came from. */
const PEER = "x-framemark-peer";
const FORWARDED = "x-forwarded-for";

/**
 * Where this request came from, as a key to count by: a network of 256 addresses (IPv4) or of one
 * subscriber (IPv6, /64), hashed with the key of the site, so that no address is stored. Null where it
 * is not known.
 */
export async function clientNetwork(): Promise<string | null> {
  const asked = await headers();
  const network = networkOf({
    peer: asked.get(PEER),
    forwarded: asked.get(FORWARDED),
    proxies: env().FRAMEMARK_PROXIES,
  });
  if (network === null) return null;
  return createHmac("sha256", env().NEXTAUTH_SECRET).update(`network:${network}`).digest("hex");
}

/**
 * The network of the client. Each proxy adds whom it was asked by at the end of X-Forwarded-For; only as
 * many of these are believed as there are proxies. One that runs on this machine is believed unasked.
 */
export function networkOf({
  peer,
  forwarded,
  proxies,
}: {
  peer: string | null;
  forwarded: string | null;
  proxies: number | undefined;
}): string | null {
  const told = (forwarded ?? "").split(",").map((each) => each.trim());
  const believed = proxies ?? (isOwnMachine(peer) ? 1 : 0);
  const client = believed === 0 ? peer : (told.at(-believed) ?? peer);
  return networkAround(client) ?? networkAround(peer);
}

function isOwnMachine(peer: string | null): boolean {
  return peer !== null && ipaddr.isValid(peer) && ipaddr.process(peer).range() === "loopback";
}

function networkAround(address: string | null): string | null {
  if (address === null || !ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  const kept = parsed.kind() === "ipv4" ? 3 : 8;
  return `${parsed.kind()}:${parsed.toByteArray().slice(0, kept).join(".")}`;
}
