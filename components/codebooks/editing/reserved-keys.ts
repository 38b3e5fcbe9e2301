import type { Codebook } from "@/lib/domain/codebook/language";
import { findLayer, type Place } from "./place";

/** Keys that the published version has beside this place: a new thing must not take what was another's. */
export function reservedKeys(published: Codebook | null, place: Place): string[] {
  if (published === null) return [];
  if (place.kind === "layer") return published.layers.map((layer) => layer.key);
  const layer = "layer" in place ? findLayer(published, place.layer) : undefined;
  const things = place.kind === "label" ? layer?.labels : layer?.attributes;
  return things?.map((thing) => thing.key) ?? [];
}
