import { freeKey } from "../restructure";
import type { Converted } from "./converted";
import { spanCodebook } from "./doccano-labels";

type Tag = { tag_name?: unknown; tag_description?: unknown };
type Tagset = { name?: unknown; description?: unknown; language?: unknown; tags?: unknown };

/** A tagset that INCEpTION exports as JSON: one span layer, with the descriptions of its tags. */
export function readInceptionTagset(content: object, name: string): Converted {
  const { name: given, description, language, tags } = content as Tagset;
  const notes: string[] = [];
  const keys: string[] = [];
  const labels = (Array.isArray(tags) ? tags : []).flatMap((each: Tag, at) => {
    if (typeof each?.tag_name !== "string" || each.tag_name.trim() === "") {
      notes.push(`Tag ${at + 1} has no name and is left out.`);
      return [];
    }
    const key = freeKey(each.tag_name, keys);
    keys.push(key);
    const definition = typeof each.tag_description === "string" ? each.tag_description : "";
    return [{ key, name: each.tag_name.trim(), definition }];
  });
  const title = typeof given === "string" && given.trim() !== "" ? given.trim() : name;
  const codebook = spanCodebook(title, labels, typeof description === "string" ? description : "");
  notes.push("A tagset has no layers: it became one layer of spans.");
  return {
    content: typeof language === "string" && language !== "" ? { ...codebook, language } : codebook,
    notes,
  };
}
