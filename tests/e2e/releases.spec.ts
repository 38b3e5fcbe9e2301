import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { findBarriers } from "../support/barriers";
import { test } from "../support/people";

test("a lead freezes a release of the demo, and what is downloaded is what the page names", async ({
  as,
}) => {
  test.setTimeout(180_000);
  const page = await as("lead");
  const project = await projectOf(page);

  await test.step("its content is looked at before it is frozen", async () => {
    await page.goto(`${project}/releases/new`);
    await page.getByLabel("Name (optional)").fill("For a reader");
    await page.getByLabel("Licence of the annotations").selectOption("CC-BY-4.0");
    await page.getByLabel("Terms of the texts").fill("Invented articles, free to use.");
    await page.getByLabel("Background of annotators").selectOption("bands");
    const freeze = page.getByRole("button", { name: "Freeze the release" });
    await expect(freeze).toBeDisabled();
    await page.getByRole("button", { name: "Show what is in it" }).click();
    await expect(page.getByRole("heading", { name: "What will be in it" })).toBeVisible();
    await expect(page.getByText("too few share an answer")).toBeVisible();
    await expect(freeze).toBeEnabled();
    expect(await findBarriers(page)).toEqual([]);
    await freeze.click();
    await page.waitForURL(/releases\/[0-9a-f-]{36}$/);
  });

  await test.step("it gets ready by itself", async () => {
    const link = page.getByRole("link", { name: "Download the archive" });
    await expect(link).toBeVisible({ timeout: 90_000 });
    await expect(page.getByText("For a reader").first()).toBeVisible();
    expect(await findBarriers(page)).toEqual([]);
  });

  await test.step("the archive has the hash of the page, its files theirs, and each quote its place", async () => {
    const archive = await download(page, "Download the archive");
    await expect(page.getByText(sha256(archive)).first()).toBeVisible();
    const files = unzipSync(archive);
    const sums = textOf(files, "checksums.sha256").trim().split("\n");
    expect(sums.length).toBeGreaterThan(15);
    for (const line of sums) {
      expect(sha256(files[line.slice(66)] ?? new Uint8Array()), line).toBe(line.slice(0, 64));
    }
    const texts = new Map(
      rowsOf(files, "documents.jsonl").map(({ id, text }) => [id, [...String(text)]]),
    );
    const spans = rowsOf(files, "annotations.jsonl").filter(({ unit }) => unit === "span");
    expect(spans.length).toBeGreaterThan(100);
    for (const { doc_id, ranges, quote } of spans) {
      const signs = texts.get(doc_id) ?? [];
      const parts = (ranges as [number, number][]).map(([from, to]) =>
        signs.slice(from, to).join(""),
      );
      expect(parts.join(" … ")).toBe(quote);
    }
  });

  await test.step("a format says what it left out once it was written", async () => {
    await download(page, "brat standoff");
    await page.reload();
    const row = page.getByRole("row", { name: /brat standoff/ });
    await expect(row).not.toContainText("known once it was written");
  });
});

type Row = Record<string, unknown>;

async function download(page: Page, name: string): Promise<Uint8Array> {
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name }).click();
  return readFileSync(await (await coming).path());
}

function rowsOf(files: Record<string, Uint8Array>, name: string): Row[] {
  const lines = textOf(files, name).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Row);
}

function textOf(files: Record<string, Uint8Array>, name: string): string {
  return Buffer.from(files[name] ?? new Uint8Array()).toString("utf8");
}

function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

async function projectOf(page: Page): Promise<string> {
  await page.goto("/");
  const link = page.getByRole("link", { name: "Ceasefire in the Sarrow valley" }).first();
  return (await link.getAttribute("href")) ?? "";
}
