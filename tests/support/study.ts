import { expect, type Page } from "@playwright/test";
import { WorkspacePage } from "./workspace-page";

/** A lead's and an annotator's steps through the pages, shared by the journeys. */

/** Makes a project with these annotators, from the starter codebook if no other; answers its path. */
export async function makeProject(
  lead: Page,
  name: string,
  annotators: string[],
  codebook?: string,
): Promise<string> {
  await lead.goto("/projects/new");
  await lead.getByLabel("Name", { exact: true }).fill(name);
  if (codebook !== undefined) await lead.getByRole("radio", { name: codebook }).check();
  await lead.getByRole("button", { name: "Make the project" }).click();
  await lead.waitForURL(/\/projects\/[0-9a-f-]{36}/);
  const project = new URL(lead.url()).pathname.split("/").slice(0, 3).join("/");
  await lead.goto(`${project}/people`);
  for (const email of annotators) {
    await lead.getByLabel("E-mail").fill(email);
    await lead.getByRole("button", { name: /^Add/ }).click();
    await expect(lead.getByRole("table").getByText(email)).toBeVisible();
  }
  return project;
}

/** Uploads one text file. */
export async function storeDocument(lead: Page, project: string, file: string): Promise<void> {
  await lead.goto(`${project}/documents/new`);
  await lead.getByLabel("Choose files").setInputFiles(file);
  await lead.getByRole("button", { name: "Store 1 document" }).click();
  await expect(lead.getByText(/1 document stored|Stored 1/i).first()).toBeVisible();
}

/** Gives every document to every annotator. */
export async function assignAll(
  lead: Page,
  project: string,
  { documents, annotators }: { documents: number; annotators: number },
): Promise<void> {
  await lead.goto(`${project}/assignments`);
  await lead.getByLabel(new RegExp(`^All ${documents} document`)).check();
  await lead.getByLabel(new RegExp(`^All ${annotators} annotator`)).check();
  await lead.getByRole("button", { name: `Assign ${documents * annotators}` }).click();
  await expect(lead.getByText("Not started")).toHaveCount(documents * annotators);
}

/** Opens the annotator's first document of a project. */
export async function openWork(page: Page, project: string): Promise<WorkspacePage> {
  await page.goto(project);
  await page
    .getByRole("link", { name: /^(Start annotating|Continue)/ })
    .first()
    .click();
  const workspace = new WorkspacePage(page);
  await expect(workspace.article).toBeVisible();
  await workspace.isSaved();
  return workspace;
}

export type ExportedSpan = { quote: string; start: number; end: number; pseudonym: string };

/** The spans of the project's dataset, as it is downloaded. */
export async function readDataset(lead: Page, project: string): Promise<ExportedSpan[]> {
  const answer = await lead.request.get(`/api/v1${project}/dataset?format=jsonl`);
  expect(answer.status()).toBe(200);
  const rows = (await answer.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ExportedSpan & { unit?: string });
  return rows.filter((row) => row.unit === "span");
}
