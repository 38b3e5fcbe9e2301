import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "@playwright/test";
import { findBarriers } from "../support/barriers";
import { test } from "../support/people";
import { makeProject } from "../support/study";

const data = path.join(import.meta.dirname, "../data");
const file = (name: string, text: string) => ({
  name,
  mimeType: "text/plain",
  buffer: Buffer.from(text),
});

test("a lead brings in a mixed pile of files, looks at it first, and stores what is good", async ({
  as,
}) => {
  const lead = await as("lead");
  const project = await makeProject(lead, "Mixed pile", []);
  await lead.goto(`${project}/documents/new`);
  await lead.getByLabel("Choose files").setInputFiles([
    file("ferry.md", "# Ferry halted\n\nThe night ferry was halted on Monday, officials said."),
    file("rows.csv", "Kopf,Fliesstext\nQuay closed,The quay was closed for repairs.\n"),
    file("broken.txt", "A \0 in it"),
    {
      name: "article.pdf",
      mimeType: "application/pdf",
      buffer: readFileSync(path.join(data, "imports/article.pdf")),
    },
  ]);
  await expect(lead.getByRole("heading", { name: "What your files hold" })).toBeVisible({
    timeout: 30_000,
  });
  // A PDF is read by the worker; the page follows it.
  const articles = lead.getByRole("listitem").filter({ hasText: "ferry.md" });
  await expect(articles).toContainText("new");
  await expect(lead.getByText("null character (U+0000) at line 1, column 3")).toBeVisible();
  await expect(lead.getByText("No column is the text yet.")).toBeVisible();
  expect(await findBarriers(lead)).toEqual([]);

  await lead.getByLabel("What Kopf is").selectOption("Title");
  await lead.getByLabel("What Fliesstext is").selectOption("The text");
  await lead.getByRole("button", { name: "Read with these columns" }).click();
  await expect(lead.getByRole("button", { name: "Store 3 documents" })).toBeEnabled({
    timeout: 30_000,
  });
  await articles.getByText("Lines, roles and source").click();
  await expect(articles.getByRole("region", { name: "Lines and their roles" })).toContainText(
    "Headline",
  );
  await lead.getByRole("button", { name: "Leave out Quay closed" }).click();
  await lead.getByRole("button", { name: "Take in Quay closed" }).click();
  await lead.getByRole("button", { name: "Store 3 documents" }).click();
  await expect(lead.getByText("3 documents stored, 1 row refused.")).toBeVisible({
    timeout: 30_000,
  });

  const [download] = await Promise.all([
    lead.waitForEvent("download"),
    lead.getByRole("link", { name: "Download them as CSV" }).click(),
  ]);
  expect(readFileSync(await download.path(), "utf8")).toMatch(/"refused","broken.txt"/);
  await lead.setViewportSize({ width: 360, height: 740 });
  expect(await findBarriers(lead)).toEqual([]);
  const isWide = await lead.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(isWide).toBe(false);
  await lead.getByRole("link", { name: "Ferry halted" }).click();
  await expect(lead.getByRole("heading", { name: "Ferry halted" }).first()).toBeVisible();
});
