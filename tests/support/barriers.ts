import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/** What axe finds against WCAG 2.2 AA, each with the places. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const axe = (window as unknown as { axe: typeof import("axe-core") }).axe;
    const result = await axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return result.violations.flatMap((violation) =>
      violation.nodes.map(
        (node) => `${violation.id}: ${node.target.join(" ")} ${node.failureSummary}`,
      ),
    );
  });
}

/** What the keyboard can reach in a page, as assistive technology is told of it. */
export async function reachable(page: Page): Promise<{ role: string; name: string }[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return nodes
    .filter(
      (node) =>
        !node.ignored &&
        node.role?.value !== "RootWebArea" &&
        node.properties?.some(({ name, value }) => name === "focusable" && value.value === true),
    )
    .map((node) => ({
      role: String(node.role?.value),
      name: String(node.name?.value ?? "").trim(),
    }));
}
