import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { findBarriers } from "../support/barriers";
import { query } from "../support/database-query";
import { PEOPLE, test } from "../support/people";
import { readWork } from "../support/stored-work";
import { assignAll, makeProject } from "../support/study";

const ARTICLES = ["ferry", "bridge", "harbour"].map((subject) => ({
  name: `${subject}.txt`,
  mimeType: "text/plain",
  buffer: Buffer.from(
    `Council slashes the ${subject}\n\nThe reckless plan for the ${subject} was attacked on Monday. Critics called the decision brutal, officials said.`,
  ),
}));

/** They agree on one word everywhere, name another differently, and one of them marks more. */
const MARKS = {
  chiara: [
    ["loaded_language", "reckless"],
    ["loaded_language", "brutal"],
    ["naming", "Critics"],
  ],
  deniz: [
    ["loaded_language", "reckless"],
    ["naming", "brutal"],
  ],
} as const;

test("a lead reads how two annotators agree, opens the spans behind a cell, and takes the report along", async ({
  as,
}, { retry }) => {
  test.setTimeout(180_000);
  const lead = await as("lead");
  const project = await makeProject(lead, `Agreement of two ${retry}`, [
    PEOPLE.chiara,
    PEOPLE.deniz,
  ]);
  await lead.goto(`${project}/documents/new`);
  await lead.getByLabel("Choose files").setInputFiles(ARTICLES);
  await lead.getByRole("button", { name: "Store 3 documents" }).click();
  await expect(lead.getByText("3 documents stored").first()).toBeVisible({ timeout: 30_000 });
  await assignAll(lead, project, { documents: 3, annotators: 2 });
  const [chiara, deniz] = await Promise.all([as("chiara"), as("deniz")]);
  for (const assignmentId of await assignmentsOf(project, PEOPLE.chiara)) {
    await annotate(chiara, assignmentId, MARKS.chiara);
  }
  const [last = "", ...others] = await assignmentsOf(project, PEOPLE.deniz);
  for (const assignmentId of others) await annotate(deniz, assignmentId, MARKS.deniz);

  await test.step("the report has a headline, a forest plot, a heat map and no barriers", async () => {
    await lead.goto(`${project}/agreement`);
    await expect(lead.getByText(/α = 0\.\d/).first()).toBeVisible();
    await expect(lead.getByText(/2 of 3 documents/).first()).toBeVisible();
    for (const part of [/label by label$/, /pair by pair$/, /which labels met$/]) {
      await expect(lead.getByRole("heading", { name: part }).first()).toBeVisible();
    }
    for (const scheme of ["light", "dark"] as const) {
      await lead.emulateMedia({ colorScheme: scheme });
      expect(await findBarriers(lead)).toEqual([]);
    }
  });

  await test.step("a cell opens its passages in the text, and they lead to the document", async () => {
    await lead
      .getByRole("link", { name: "Naming and Loaded language: 2", exact: true })
      .first()
      .press("Enter");
    await expect(lead.getByRole("heading", { name: "Spans behind a figure" })).toBeVisible();
    await expect(lead.getByText("2 passages")).toBeVisible();
    await expect(lead.locator("mark", { hasText: "brutal" })).toHaveCount(2);
    expect(await findBarriers(lead)).toEqual([]);
    await lead.goBack();
  });

  await test.step("charts and tables are taken along as SVG, CSV and LaTeX", async () => {
    const chart = lead.locator("figure", { has: lead.getByText("Numbers and files") }).first();
    await chart.getByText("Numbers and files").click();
    const [svg, csv] = [
      await download(lead, () => chart.getByRole("link", { name: "SVG" }).click()),
      await download(lead, () => chart.getByRole("link", { name: "CSV" }).click()),
    ];
    expect(svg.name).toMatch(/\.svg$/);
    expect(svg.text).toMatch(/^<svg[^>]*xmlns/);
    expect(csv.text.split("\r\n").length).toBeGreaterThan(2);
    const files = lead.getByRole("navigation", { name: "The report as files" });
    const all = await download(lead, () => files.getByText("All figures (CSV)").click());
    expect(all.text).toContain("alpha.sets.jaccard");
    expect(all.text).not.toContain("Chiara");
    const latex = await download(lead, () => files.getByText("Tables (LaTeX)").click());
    expect(latex.text).toContain("\\begin{tabular}");
  });

  await test.step("a submission that comes in is in the figures without a reload", async () => {
    await annotate(deniz, last, MARKS.deniz);
    await expect(lead.getByText(/3 of 3 documents/).first()).toBeVisible({ timeout: 60_000 });
  });
});

async function assignmentsOf(project: string, email: string): Promise<string[]> {
  const rows = await query(
    process.env.FRAMEMARK_TEST_DATABASE ?? "",
    `SELECT a.id FROM assignment a
       JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
       JOIN "user" u ON u.id = n.user_id
      WHERE a.project_id = $1 AND u.email = $2 ORDER BY a.position, a.id`,
    [project.split("/").at(-1), email],
  );
  return rows.map((row) => String(row.id));
}

/** Annotates and submits over the API, as the page of the signed-in person would. */
async function annotate(
  page: Page,
  assignmentId: string,
  marks: readonly (readonly [label: string, words: string])[],
): Promise<void> {
  const { document, revision } = await readWork(assignmentId);
  const changes = [
    ...marks.map(([label, words]) => {
      const start = document.text.indexOf(words);
      return {
        kind: "add_span",
        span: {
          id: randomUUID(),
          layer: "span",
          label,
          ranges: [{ start, end: start + words.length, quote: words }],
          // Loaded language is not complete without its voice.
          attributes: label === "loaded_language" ? { voice: "narrator" } : {},
          flags: [],
          origin: "manual",
        },
      };
    }),
    { kind: "submit" },
  ];
  const answer = await page.request.post(`/api/v1/assignments/${assignmentId}/operations`, {
    headers: { origin: `http://127.0.0.1:${process.env.FRAMEMARK_TEST_PORT}` },
    data: {
      clientId: randomUUID(),
      textSha256: document.textSha256,
      baseRevision: revision,
      activeSeconds: 60,
      operations: changes.map((change) => ({
        id: randomUUID(),
        gestureId: randomUUID(),
        madeAt: new Date().toISOString(),
        change,
      })),
    },
  });
  const { results } = (await answer.json()) as { results: { outcome: string }[] };
  expect(results.filter(({ outcome }) => outcome !== "applied")).toEqual([]);
}

async function download(
  page: Page,
  act: () => Promise<void>,
): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([page.waitForEvent("download"), act()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString("utf8") };
}
