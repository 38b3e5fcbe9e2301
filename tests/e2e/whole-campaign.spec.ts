import { readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, expect, type Page } from "@playwright/test";
import { findBarriers } from "../support/barriers";
import { annotate, join, type Marks, workOf } from "../support/campaign";
import { test } from "../support/people";
import { makeProject, openWork } from "../support/study";
import { WorkspacePage } from "../support/workspace-page";

const demo = path.join(import.meta.dirname, "../../prisma/demo");
const own = path.join(import.meta.dirname, "../data/articles");

/** The demo's event as three outlets tell it, and an article like the one that the project began with. */
const ARTICLES = [
  {
    file: path.join(demo, "corvane-herald.txt"),
    term: "liberated",
    praise: "rightful owners",
    shared: "steadfast",
  },
  {
    file: path.join(demo, "straits-wire.txt"),
    term: "liberated",
    praise: "crumbling",
    shared: "jubilant",
  },
  {
    file: path.join(demo, "vintermo-post.txt"),
    term: "invasion",
    praise: "slaughtered",
    shared: "self-declared",
  },
  {
    file: path.join(own, "corridor.txt"),
    term: "liberated",
    praise: "brothers",
    shared: "occupied",
  },
] as const;

const [HERALD, , , CORRIDOR] = ARTICLES;
const NOTE = "A word that gives one side the right is loaded language and no name.";

/** Before the note the two call the same words different things; one of them overlooks others. */
const pilot = {
  wren: ({ term, praise, shared }: (typeof ARTICLES)[number]): Marks => [
    ["naming", term],
    ["loaded_language", praise],
    ["loaded_language", shared],
  ],
  ilse: ({ term, shared }: (typeof ARTICLES)[number]): Marks => [
    ["loaded_language", term],
    ["loaded_language", shared],
  ],
};

/** After it they differ in one article only. */
const again = (article: (typeof ARTICLES)[number]): Marks => [
  ["loaded_language", article.term],
  ["loaded_language", article.praise],
  ["loaded_language", article.shared],
];

test("a team goes from a pilot through its disputes to a better codebook, a gold layer and a new colleague", async ({
  as,
  browser,
}, { retry }) => {
  test.setTimeout(300_000);
  const lead = await as("lead");
  const project = await makeProject(lead, `Sarrow campaign ${retry}`, []);
  const people = { project, retry };
  const wren = await joinAs(browser, lead, { ...people, name: "Wren Ode" });
  const ilse = await joinAs(browser, lead, { ...people, name: "Ilse Marr" });

  await test.step("the lead stores four articles and starts a pilot", async () => {
    await lead.goto(`${project}/documents/new`);
    await lead.getByLabel("Choose files").setInputFiles(ARTICLES.map(({ file }) => file));
    await lead.getByRole("button", { name: "Store 4 documents" }).click();
    await expect(lead.getByText("4 documents stored").first()).toBeVisible({ timeout: 30_000 });
    await lead.goto(`${project}/rounds/new`);
    await expect(lead.getByLabel("Name", { exact: true })).toHaveValue("Pilot");
    await startRound(lead);
  });

  await test.step("one annotates in the browser, the rest comes in", async () => {
    const workspace = await openWork(wren.page, project);
    await workspace.mark(HERALD.term, "2");
    for (const words of [HERALD.praise, HERALD.shared]) {
      await workspace.mark(words, "1");
      await workspace.answer(/^Voice/, "Outlet's voice");
    }
    await expect(workspace.spans).toHaveCount(3);
    await submit(workspace);
    await annotateAll(wren, await workOf(project, "Pilot", "Wren Ode"), pilot.wren, 1);
    await annotateAll(ilse, await workOf(project, "Pilot", "Ilse Marr"), pilot.ilse);
  });

  await test.step("the lead talks about words on which they differ", async () => {
    const [, , , corridor] = await workOf(project, "Pilot", "Wren Ode");
    const documentId = await documentOf(lead, project, corridor?.title ?? "");
    await lead.goto(`${project}/compare/${documentId}`);
    await lead
      .getByRole("link", { name: /^Discuss(?!ions)/ })
      .first()
      .click();
    await lead.getByRole("textbox", { name: "Title" }).fill("Name or judgement?");
    await lead.getByRole("textbox", { name: "Message" }).fill("Two of you read this otherwise.");
    await lead.getByRole("button", { name: "Begin the discussion" }).click();
    await expect(lead.getByRole("heading", { name: "Name or judgement?" })).toBeVisible();
    await wren.page.goto(`${project}/discussions`);
    await expect(wren.page.getByText("Name or judgement?")).toBeVisible();
  });

  await test.step("disputes stand together by labels and words, and become a note in the draft", async () => {
    await lead.goto(`${project}/adjudication/disputes`);
    const group = lead.getByRole("listitem").filter({
      has: lead.getByRole("heading", { name: "Loaded language against Naming" }),
    });
    await expect(group).toContainText("4 disputes in 4 documents");
    await expect(group).toContainText(`“${HERALD.term}” 3 times`);
    expect(await findBarriers(lead)).toEqual([]);
    await group.getByRole("button", { name: "Propose a note for the guideline" }).click();
    await group.getByLabel("Label", { exact: true }).selectOption("Naming");
    await group.getByLabel("Note", { exact: true }).fill(NOTE);
    await group.getByRole("button", { name: "Put it into the draft" }).click();
    await lead.waitForURL(/codebook\/draft\?at=/);
    await expect(lead.getByLabel("Definition")).toHaveValue(new RegExp(NOTE));
  });

  await test.step("the codebook is published, and all who had the articles get them again", async () => {
    await lead.goto(`${project}/adjudication/disputes`);
    await lead.getByRole("link", { name: "Review and publish" }).click();
    await lead.getByRole("button", { name: "Publish version 2" }).click();
    await lead.waitForURL(/codebook\/versions/);
    await lead.goto(`${project}/adjudication/disputes`);
    await expect(lead.getByText("guideline changed since").first()).toBeVisible();
    await lead.getByLabel("Name of the round").fill("Second look");
    await expect(
      lead.getByLabel(/Those too who annotated these documents without giving the labels/),
    ).toBeChecked();
    await lead.getByRole("button", { name: "Annotate these again" }).click();
    await lead.waitForURL(/after=[0-9a-f-]{36}/);
    const [hers, theirs] = await Promise.all(
      ["Wren Ode", "Ilse Marr"].map((name) => workOf(project, "Second look", name)),
    );
    const differing = (article: (typeof ARTICLES)[number]): Marks =>
      article === CORRIDOR ? pilot.wren(article) : again(article);
    await annotateAll(wren, hers ?? [], differing);
    await annotateAll(ilse, theirs ?? [], (article) =>
      article === CORRIDOR ? pilot.ilse(article) : again(article),
    );
  });

  await test.step("agreement on each label stands before and after, with intervals and the difference", async () => {
    await lead.reload();
    const row = lead.getByRole("row", { name: /^Loaded language/ });
    const cells = row.getByRole("cell");
    await expect(cells).toHaveCount(4);
    const [before, after, difference] = (await cells.allInnerTexts()).map((words) =>
      Number((words.split("\n")[0] ?? "").replace("−", "-")),
    );
    expect(after).toBeGreaterThan(before ?? 1);
    expect(difference).toBeCloseTo((after ?? 0) - (before ?? 0), 1);
    await expect(cells.nth(2)).toContainText("[");
    await expect(lead.getByRole("columnheader", { name: "Second look, version 2" })).toBeVisible();
    expect(await findBarriers(lead)).toEqual([]);
  });

  await test.step("the lead accepts one view, keeps both of another, and finishes the gold layer", async () => {
    await lead.goto(`${project}/adjudication`);
    await lead
      .getByRole("row", { name: /corridor/ })
      .getByRole("button", { name: /^Start/ })
      .click();
    await lead.waitForURL(/adjudication\/[0-9a-f-]{36}$/);
    const card = lead.getByRole("region", { name: "In question" });
    const decided = lead.getByText(/^\d+ of \d+ items decided/);
    await expect(card).toBeFocused();
    await card.getByLabel("Why they differ").selectOption("ambiguous");
    await card.focus();
    await lead.keyboard.press("c");
    await expect(decided).toContainText("1 contested");
    const left = lead.getByRole("button", { name: /disputes? left/ });
    while ((await left.count()) > 0) {
      const before = await decided.innerText();
      await left.click();
      await card.focus();
      await lead.keyboard.press("1");
      await expect(decided).not.toHaveText(before);
    }
    await lead.keyboard.press("a");
    await lead.getByRole("button", { name: "Finish", exact: true }).click();
    await expect(lead.getByText(/^Finished: these decisions/)).toBeVisible();
  });

  await test.step("an annotator reads what was decided once the lead allows it", async () => {
    await wren.page.goto("/");
    await wren.page.getByText(/documents done lately/).click();
    const link = wren.page.getByRole("link", { name: /^What was decided on/ });
    await expect(wren.page.getByRole("link", { name: /^Look at/ }).first()).toBeVisible();
    await expect(link).toHaveCount(0);
    await lead.goto(`${project}/rounds`);
    await lead.getByRole("link", { name: "Second look" }).click();
    await lead.getByLabel("Show annotators what adjudication decided, and why").check();
    await lead.getByRole("button", { name: "Save", exact: true }).click();
    await expect(lead.getByText("Saved.").first()).toBeVisible();
    await wren.page.reload();
    await wren.page.getByText(/documents done lately/).click();
    await link.click();
    await expect(wren.page.getByRole("heading", { name: "What was decided" })).toBeVisible();
    await expect(wren.page.getByText("contested: your view is kept")).toBeVisible();
    await expect(wren.page.getByText("Ilse")).toHaveCount(0);
    expect(await findBarriers(wren.page)).toEqual([]);
  });

  await test.step("a new colleague consents, answers, practises on the gold and passes the quiz", async () => {
    await setUpOnboarding(lead, project);
    const nell = await joinAs(browser, lead, { ...people, name: "Nell Tove" });
    await lead.goto(`${project}/rounds/new`);
    await lead.getByLabel("Name", { exact: true }).fill("Newcomers");
    await lead.getByLabel("Which").selectOption("choose");
    await lead.getByRole("button", { name: "Choose these" }).click();
    await lead.getByLabel(/^Use of .*corridor/).selectOption("training");
    for (const name of ["Wren Ode", "Ilse Marr"])
      await lead.getByLabel(name, { exact: true }).uncheck();
    await startRound(lead);
    await passSteps(nell.page, project);
    await nell.context.close();
  });

  await wren.context.close();
  await ilse.context.close();
});

function joinAs(
  browser: Browser,
  lead: Page,
  { project, retry, name }: { project: string; retry: number; name: string },
) {
  const email = `${name.toLowerCase().replace(" ", ".")}.${retry}@example.org`;
  return join(browser, lead, { project, email, name });
}

async function startRound(lead: Page): Promise<void> {
  await lead.getByRole("button", { name: "Show the plan" }).click();
  await expect(lead.getByRole("heading", { name: "The plan" })).toBeVisible();
  await lead.getByRole("button", { name: "Start the round" }).click();
  await lead.waitForURL(/rounds\/[0-9a-f-]{36}$/);
}

async function annotateAll(
  person: { page: Page },
  work: Awaited<ReturnType<typeof workOf>>,
  marksOf: (article: (typeof ARTICLES)[number]) => Marks,
  done = 0,
): Promise<void> {
  expect(work).toHaveLength(ARTICLES.length);
  for (const each of work.slice(done)) {
    const article = ARTICLES.find(({ file }) => titleOf(file) === each.title);
    if (article === undefined) throw new Error(`No article is called “${each.title}”.`);
    await annotate(person, each, marksOf(article));
  }
}

function titleOf(file: string): string {
  return readFileSync(file, "utf8").trim().split("\n")[0]?.trim() ?? "";
}

async function submit({ page, saveState }: WorkspacePage): Promise<void> {
  await expect(saveState).toHaveText("Saved");
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByText("Submitted. Thank you.")).toBeVisible();
}

async function documentOf(lead: Page, project: string, title: string): Promise<string> {
  await lead.goto(`${project}/documents`);
  const href = await lead.getByRole("link", { name: title }).first().getAttribute("href");
  return href?.split("/").at(-1) ?? "";
}

async function setUpOnboarding(lead: Page, project: string): Promise<void> {
  await lead.goto(`${project}/onboarding`);
  await lead.getByLabel("Annotators consent to the text below before they work").check();
  await lead.getByLabel("Training documents come first, other work waits for them").check();
  await lead
    .getByLabel(/^How old are you|^Your age|age/i)
    .first()
    .check();
  await lead.getByRole("button", { name: "Add a question" }).click();
  await lead.getByLabel("Question", { exact: true }).fill("Is “liberated” loaded?");
  await lead.getByLabel("Answers, one in a line").fill("Yes\nNo");
  await lead.getByRole("button", { name: "Save onboarding" }).click();
  await expect(lead.getByText("Saved.").first()).toBeVisible();
  await lead.getByLabel("Consent text").fill("We keep your labels under a pseudonym.");
  await lead.getByRole("button", { name: "Publish version 1" }).click();
  await expect(lead.getByRole("button", { name: "Publish version 2" })).toBeVisible();
}

/** From the home page through consent, questions, training and quiz to the first document. */
async function passSteps(page: Page, project: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: /^Go on/ }).click();
  await page.waitForURL(project.replace("/projects/", "/join/"));
  expect(await findBarriers(page)).toEqual([]);
  await page.getByLabel("I have read this and I consent.").check();
  await page.getByRole("button", { name: "Consent", exact: true }).click();
  await page.getByRole("button", { name: "Keep answers and go on" }).click();
  await page.getByRole("link", { name: "Start", exact: true }).click();
  const workspace = new WorkspacePage(page);
  await expect(workspace.article).toContainText(CORRIDOR.shared);
  await workspace.isSaved();
  await workspace.mark(CORRIDOR.shared, "1");
  await workspace.answer(/^Voice/, "Outlet's voice");
  await submit(workspace);
  await page.getByRole("link", { name: "See how it compares" }).click();
  const table = page.getByRole("region", { name: "Comparison with the gold" });
  await expect(table.getByRole("row", { name: new RegExp(CORRIDOR.shared) })).toContainText(
    "found",
  );
  await expect(table.getByRole("row", { name: new RegExp(CORRIDOR.praise) })).toContainText(
    "missed",
  );
  await page.getByRole("link", { name: "Go on" }).click();
  await page.getByLabel("Yes", { exact: true }).check();
  await page.getByRole("button", { name: "Check answers" }).click();
  await expect(page.getByText(/You have done all of it/)).toBeVisible();
  await page.getByRole("link", { name: "Go to your work" }).click();
  await expect(page.getByRole("link", { name: "Start annotating" })).toBeVisible();
}
