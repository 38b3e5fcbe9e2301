import { describe, expect, test } from "vitest";
import { splitSettingsSchema } from "@/lib/domain/releases/settings";
import {
  groupDocuments,
  SPLITS,
  type SplitDocument,
  splitDocuments,
} from "@/lib/domain/releases/splits";

function documents(count: number): SplitDocument[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `d${index}`,
    event: index % 7 === 0 ? null : `event ${index % 11}`,
    outlet: `outlet ${index % 5}`,
    publishedOn: index % 13 === 0 ? null : `2026-01-${String((index % 28) + 1).padStart(2, "0")}`,
    // Each tenth reprints the one five before it.
    cluster: index % 10 === 9 ? `d${index - 5}` : `d${index}`,
  }));
}

const settings = (more: object) => splitSettingsSchema.parse(more);

describe.each(["document", "event", "outlet", "time"] as const)("splits by %s", (by) => {
  const all = documents(200);
  const splits = splitDocuments(all, settings({ by, seed: 3 }));

  test("give every document one of three parts", () => {
    expect([...splits.keys()].sort()).toEqual(all.map(({ id }) => id).sort());
    expect([...new Set(splits.values())].sort()).toEqual([...SPLITS].sort());
  });

  test("keep reprints together", () => {
    for (const { id, cluster } of all) expect(splits.get(id)).toBe(splits.get(cluster));
  });

  test("divide no group", () => {
    for (const group of groupDocuments(all, by)) {
      expect(new Set(group.map(({ id }) => splits.get(id))).size).toBe(1);
    }
    if (by !== "event" && by !== "outlet") return;
    const byKey = new Map<string, Set<string | undefined>>();
    for (const each of all) {
      const key = each[by];
      if (key !== null) byKey.set(key, (byKey.get(key) ?? new Set()).add(splits.get(each.id)));
    }
    expect(byKey.size).toBeGreaterThan(3);
    for (const parts of byKey.values()) expect(parts.size).toBe(1);
  });

  test("are the same for the same seed", () => {
    expect(splitDocuments(all, settings({ by, seed: 3 }))).toEqual(splits);
  });
});

describe("splits", () => {
  test("differ with the seed, and come near the shares that were asked for", () => {
    const all = documents(300);
    const one = splitDocuments(all, settings({ by: "document", seed: 1 }));
    const other = splitDocuments(all, settings({ by: "document", seed: 2 }));
    expect(one).not.toEqual(other);
    const tests = [...one.values()].filter((split) => split === "test").length;
    expect(tests).toBeGreaterThanOrEqual(43);
    expect(tests).toBeLessThanOrEqual(47);
  });

  test("by time test on nothing older than what trains, reprints apart", () => {
    const all = documents(200).map((each) => ({ ...each, cluster: each.id }));
    const splits = splitDocuments(all, settings({ by: "time" }));
    const days = (split: string) =>
      all.flatMap(({ id, publishedOn }) =>
        splits.get(id) === split && publishedOn !== null ? [publishedOn] : [],
      );
    const newest = days("train").sort().at(-1) ?? "";
    for (const day of days("test")) expect(day >= newest).toBe(true);
  });

  test("a part that nothing is wanted in stays empty", () => {
    const all = documents(40);
    const splits = splitDocuments(all, settings({ by: "document", validation: 0, test: 0.25 }));
    expect([...splits.values()]).not.toContain("validation");
  });
});
