import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { findBarriers } from "../support/barriers";
import { query } from "../support/database-query";
import {
  ask,
  newContext,
  openTab,
  storedLog,
  storedSpans,
  test,
  type Work,
  waitingIn,
} from "../support/desk";
import { demoPassword, PEOPLE, signIn } from "../support/people";
import { freePort, webServerOf } from "../support/product-server";
import { publishCodebook } from "../support/publish-codebook";
import { startServer, temporaryData } from "../support/server";
import { WorkspacePage } from "../support/workspace-page";

/** Where edits are sent to. */
const OPERATIONS = /\/api\/v1\/assignments\/[^/]+\/operations$/;

/** The save state, as somebody sees it. */
async function says(workspace: WorkspacePage, words: string | RegExp): Promise<void> {
  await expect(workspace.saveState).toBeVisible();
  await expect(workspace.saveState).toHaveText(words);
}

/** Words in the list of spans, in order of the text. */
async function shows(workspace: WorkspacePage, words: string[]): Promise<void> {
  await expect(workspace.spans.locator("bdi")).toHaveText(words);
}

test("work without a network is kept on this computer, and arrives once and in order when it is back", async ({
  chiara,
  work,
}) => {
  const context = await chiara();
  const workspace = await openTab(context, work);
  await workspace.mark("slashed", "7");
  await says(workspace, "Saved");

  await context.setOffline(true);
  await workspace.mark("reckless gamble", "4");
  await workspace.mark("vowed", "7");
  await workspace.page.keyboard.press("2");
  await workspace.click("reckless gamble");
  await workspace.page.keyboard.press("Delete");
  await says(workspace, "Offline: 4 changes kept on this computer");
  expect(await waitingIn(workspace.page)).toBe(4);
  await expect.poll(() => storedLog(work)).toEqual(["add_span"]);

  await context.setOffline(false);
  await says(workspace, "Saved");
  await expect
    .poll(() => storedLog(work))
    .toEqual(["add_span", "add_span", "add_span", "label_span", "remove_span"]);
  await expect.poll(() => storedSpans(work)).toHaveLength(2);
  expect(await waitingIn(workspace.page)).toBe(0);
  await workspace.page.reload();
  await shows(workspace, ["slashed", "vowed"]);
});

test("an answer that never arrives leads to one more try, not to a second copy", async ({
  chiara,
  work,
}) => {
  const workspace = await openTab(await chiara(), work);
  let lost = 0;
  await workspace.page.route(OPERATIONS, async (route) => {
    if (lost > 1) return route.continue();
    lost++;
    const answer = await route.fetch();
    expect(answer.status()).toBe(200);
    await route.abort("connectionreset");
  });
  await workspace.mark("slashed", "7");
  await says(workspace, /^Offline: 1 change kept/);
  await says(workspace, "Saved");
  expect(lost).toBe(2);
  await expect.poll(() => storedLog(work)).toEqual(["add_span"]);
});

test("an expired session asks to sign in in place, and only the same person's edits are sent", async ({
  browser,
  work,
}) => {
  const userAgent = `expiry ${work.assignmentId}`;
  const context = await newContext(browser, { userAgent });
  await signIn(await context.newPage(), PEOPLE.chiara);
  const workspace = await openTab(context, work);
  const { page } = workspace;
  await workspace.mark("slashed", "7");
  await says(workspace, "Saved");

  const endSession = () =>
    ask(
      `UPDATE session SET revoked_at = now() WHERE id =
         (SELECT id FROM session WHERE user_agent = $1 AND revoked_at IS NULL
           ORDER BY created_at DESC LIMIT 1) RETURNING id`,
      [userAgent],
    );
  expect(await endSession()).toHaveLength(1);
  await workspace.mark("vowed", "7");
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel("E-mail")).toHaveValue(PEOPLE.chiara);
  await page.keyboard.press("Escape");
  await says(workspace, "Signed out: 1 change kept on this computer");

  await test.step("somebody else, signed in beside it, sends nothing of it", async () => {
    const other = await context.newPage();
    await signIn(other, PEOPLE.deniz);
    const refused = page.waitForResponse(OPERATIONS);
    await workspace.mark("reckless gamble", "4");
    expect((await refused).status()).toBe(404);
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await says(workspace, "Signed out: 2 changes kept on this computer");
    expect((await other.goto(page.url()))?.status()).toBe(404);
    await other.close();
    await expect.poll(() => storedLog(work)).toEqual(["add_span"]);
    expect(await waitingIn(page)).toBe(2);
  });

  await test.step("a wrong password is told, and the right one sends all of it", async () => {
    await workspace.mark("insisted", "7");
    await dialog.getByLabel("Password").fill("not the password");
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await expect(dialog.getByText("That did not work.")).toBeVisible();
    await dialog.getByLabel("Password").fill(demoPassword());
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await expect(dialog).toBeHidden();
    await says(workspace, "Saved");
    await shows(workspace, ["slashed", "reckless gamble", "insisted", "vowed"]);
    const authors = await ask<{ email: string; count: number }>(
      `SELECT u.email, count(*)::int FROM operation o JOIN "user" u ON u.id = o.user_id
         JOIN annotation_set s ON s.project_id = o.project_id AND s.id = o.annotation_set_id
        WHERE s.assignment_id = $1 GROUP BY u.email`,
      [work.assignmentId],
    );
    expect(authors).toEqual([{ email: PEOPLE.chiara, count: 4 }]);
  });

  await test.step("signing in again in another tab does as well, once this one is looked at", async () => {
    expect(await endSession()).toHaveLength(1);
    await workspace.mark("officials", "7");
    await expect(dialog).toBeVisible();
    await signIn(await context.newPage(), PEOPLE.chiara);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await says(workspace, "Saved");
    await expect(dialog).toBeHidden();
    await expect.poll(() => storedLog(work)).toHaveLength(5);
  });
  await context.close();
});

test("two tabs on one document show each other's edits, and all of them arrive", async ({
  chiara,
  work,
}) => {
  const context = await chiara();
  const left = await openTab(context, work);
  const right = await openTab(context, work);
  await left.mark("slashed", "7");
  await shows(right, ["slashed"]);
  await right.mark("vowed", "7");
  await shows(left, ["slashed", "vowed"]);

  await context.setOffline(true);
  await Promise.all([left.mark("reckless gamble", "4"), right.mark("insisted", "7")]);
  const all = ["slashed", "reckless gamble", "insisted", "vowed"];
  await Promise.all([shows(left, all), shows(right, all)]);
  await says(left, /^Offline: \d changes? kept/);
  await says(right, /^Offline: \d changes? kept/);
  await left.click("vowed");
  await left.page.keyboard.press("Delete");
  await shows(right, ["slashed", "reckless gamble", "insisted"]);

  await context.setOffline(false);
  await Promise.all([says(left, "Saved"), says(right, "Saved")]);
  await expect.poll(() => waitingIn(left.page)).toBe(0);
  await expect.poll(() => storedSpans(work)).toHaveLength(3);
  await expect.poll(() => storedLog(work)).toHaveLength(5);
  await Promise.all([left.page.reload(), right.page.reload()]);
  await shows(left, ["slashed", "reckless gamble", "insisted"]);
  await shows(right, ["slashed", "reckless gamble", "insisted"]);
});

test("two machines on one document converge, and a removal beats a new label", async ({
  chiara,
  work,
}) => {
  const [desktop, laptop] = [await chiara(), await chiara()];
  const here = await openTab(desktop, work);
  const there = await openTab(laptop, work);
  await here.mark("slashed", "7");
  await here.mark("vowed", "7");
  await says(here, "Saved");

  await test.step("what one machine did comes to the other with its next save", async () => {
    await there.mark("insisted", "7");
    await says(there, "Saved");
    await shows(there, ["slashed", "insisted", "vowed"]);
  });

  await desktop.setOffline(true);
  await here.click("vowed");
  await here.page.keyboard.press("2");
  await here.mark("reckless gamble", "4");
  await says(here, /^Offline: 2 changes kept/);
  await there.click("vowed");
  await there.page.keyboard.press("Delete");
  await says(there, "Saved");

  await desktop.setOffline(false);
  await says(here, "Saved");
  await shows(here, ["slashed", "reckless gamble", "insisted"]);
  await expect
    .poll(() => storedLog(work))
    .toEqual([
      "add_span",
      "add_span",
      "add_span",
      "remove_span",
      "label_span, superseded",
      "add_span",
    ]);
  await there.mark("according to", "7");
  await says(there, "Saved");
  await shows(there, ["slashed", "reckless gamble", "insisted", "according to"]);
  await here.page.reload();
  await shows(here, ["slashed", "reckless gamble", "insisted", "according to"]);
});

test("edits that were not sent outlive a reload and a crash of the tab", async ({
  chiara,
  work,
}) => {
  const context = await chiara();
  const workspace = await openTab(context, work);
  let isDown = true;
  await context.route(OPERATIONS, (route) =>
    isDown ? route.abort("connectionrefused") : route.continue(),
  );
  await workspace.mark("slashed", "7");
  await says(workspace, "Offline: 1 change kept on this computer");
  await workspace.page.reload();
  await shows(workspace, ["slashed"]);
  await says(workspace, "Offline: 1 change kept on this computer");
  await workspace.mark("vowed", "7");
  await says(workspace, "Offline: 2 changes kept on this computer");

  await crash(workspace.page);
  await expect.poll(() => storedLog(work)).toEqual([]);
  isDown = false;
  const again = await openTab(context, work);
  await shows(again, ["slashed", "vowed"]);
  await says(again, "Saved");
  await expect.poll(() => storedLog(work)).toEqual(["add_span", "add_span"]);
  expect(await waitingIn(again.page)).toBe(0);
});

test("what one document left unsent is sent from the home page and from any other document, for its own person only", async ({
  chiara,
  work,
}) => {
  const context = await chiara();
  const workspace = await openTab(context, work);
  let isDown = true;
  await context.route(OPERATIONS, (route) =>
    isDown && route.request().url().includes(work.assignmentId)
      ? route.abort("connectionrefused")
      : route.continue(),
  );
  await workspace.mark("slashed", "7");
  await says(workspace, "Offline: 1 change kept on this computer");
  await workspace.mark("vowed", "7");
  await says(workspace, "Offline: 2 changes kept on this computer");
  await workspace.page.close();

  const home = await context.newPage();
  await home.goto("/");
  const kept = home.getByRole("region", { name: "Changes kept on this computer" });
  const waiting = kept.getByRole("status", { name: "What waits" });
  await expect(waiting).toContainText(
    /Harbour report.*2 changes wait: the server cannot be reached/,
  );
  expect(await findBarriers(home)).toEqual([]);

  await test.step("a copy can be kept as a file", async () => {
    const downloading = home.waitForEvent("download");
    await kept.getByRole("button", { name: "Download as JSON" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^framemark-unsent-.+\.json$/);
    const copy = JSON.parse(readFileSync(await download.path(), "utf8"));
    expect(copy.documents).toHaveLength(1);
    expect(copy.documents[0].operations).toHaveLength(2);
  });

  await test.step("somebody else who signs in here neither sees nor sends it", async () => {
    await context.clearCookies();
    await signIn(home, PEOPLE.deniz);
    await expect(home.getByRole("heading", { name: "Your work" })).toBeVisible();
    expect(await waitingIn(home)).toBe(2);
    await expect(kept).toHaveCount(0);
    await expect.poll(() => storedLog(work)).toEqual([]);
  });

  await test.step("the same person's other page sends it", async () => {
    await context.clearCookies();
    await signIn(home, PEOPLE.chiara);
    await expect(waiting).toContainText("2 changes wait");
    isDown = false;
    await kept.getByRole("button", { name: "Send now" }).click();
    await expect(home.getByRole("status", { name: "What waits" })).toContainText("saved.");
    await expect.poll(() => storedLog(work)).toEqual(["add_span", "add_span"]);
    expect(await waitingIn(home)).toBe(0);
  });
});

test("whoever's session ended elsewhere signs in and comes back to the page", async ({
  browser,
  work,
}) => {
  const userAgent = `way back ${work.assignmentId}`;
  const context = await newContext(browser, { userAgent });
  const page = await context.newPage();
  await signIn(page, PEOPLE.chiara);
  await ask("UPDATE session SET revoked_at = now() WHERE user_agent = $1", [userAgent]);
  await page.goto("/account/keys?from=test");
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Faccount%2Fkeys%3Ffrom%3Dtest$/);
  await page.getByLabel("E-mail").fill(PEOPLE.chiara);
  await page.getByLabel("Password", { exact: true }).fill(demoPassword());
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname === "/account/keys");
  await context.close();
});

test("a document is submitted once, however often it is asked for", async ({ chiara, work }) => {
  const workspace = await openTab(await chiara(), work);
  const { page } = workspace;
  await workspace.mark("slashed", "7");
  await says(workspace, "Saved");
  const sent: string[] = [];
  page.on("request", (request) => {
    const body = request.postData();
    if (OPERATIONS.test(request.url()) && body?.includes('"submit"')) sent.push(body);
  });
  await page.getByRole("button", { name: "Submit" }).dblclick();
  await expect(page.getByText("Submitted. Thank you.")).toBeVisible();
  await says(workspace, "Saved");
  expect(sent).toHaveLength(1);
  const [first] = await submissions(work);

  const answers = await page.evaluate(
    async ([path, body]) => {
      const headers = { "content-type": "application/json" };
      const post = () => fetch(path, { method: "POST", headers, body });
      const responses = await Promise.all([post(), post()]);
      return Promise.all(responses.map(async (each) => [each.status, await each.json()]));
    },
    [`/api/v1/assignments/${work.assignmentId}/operations`, sent[0] ?? ""] as const,
  );
  expect(answers).toEqual([
    [200, expect.objectContaining({ revision: 2, submitted: true })],
    [200, expect.objectContaining({ revision: 2, submitted: true })],
  ]);
  await expect.poll(() => storedLog(work)).toEqual(["add_span", "submit"]);
  expect(await submissions(work)).toEqual([first]);
});

test("what was done just before going on to the next document is sent", async ({
  chiara,
  work,
}) => {
  const workspace = await openTab(await chiara(), work);
  const { page } = workspace;
  await workspace.select("slashed");
  await page.keyboard.press("7");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.press("Alt+PageDown");
  await page.waitForURL((url) => !url.pathname.endsWith(work.assignmentId));
  await expect(workspace.article).toBeVisible();
  await expect.poll(() => storedLog(work)).toEqual(["add_span", "submit"]);
  await expect.poll(() => waitingIn(page)).toBe(0);
});

test("an open document keeps to its codebook when another version is published", async ({
  chiara,
  work,
}) => {
  const workspace = await openTab(await chiara(), work);
  const label = workspace.page
    .getByRole("region", { name: "Labels" })
    .getByRole("button", { name: /Naming/ });
  await workspace.mark("slashed", "2");
  await says(workspace, "Saved");
  const version = await publishNext(work);

  await workspace.mark("vowed", "2");
  await says(workspace, "Saved");
  await workspace.page.reload();
  await shows(workspace, ["slashed", "vowed"]);
  await expect(label).toHaveCount(1);
  const versions = await ask<{ version: number; spans: number }>(
    `SELECT v.version, count(*)::int AS spans FROM span x
       JOIN annotation_set s ON s.project_id = x.project_id AND s.id = x.annotation_set_id
       JOIN codebook_version v ON v.project_id = x.project_id AND v.id = x.codebook_version_id
      WHERE s.assignment_id = $1 GROUP BY v.version`,
    [work.assignmentId],
  );
  expect(versions).toEqual([{ version, spans: 2 }]);
});

test("marks in a document that was taken back stay as an own draft, and submitting is refused in words", async ({
  chiara,
  work,
}) => {
  const workspace = await openTab(await chiara(), work);
  const { page } = workspace;
  await workspace.mark("slashed", "7");
  await says(workspace, "Saved");
  await ask("UPDATE assignment SET withdrawn_at = now() WHERE id = $1", [work.assignmentId]);

  await workspace.mark("vowed", "7");
  await says(workspace, "Saved");
  await page.getByRole("button", { name: "Submit" }).click();
  await says(workspace, "1 change not accepted: This document is no longer assigned to you.");
  expect(await submissions(work)).toEqual([{ submitted_at: null, state: "in_progress" }]);
  await page.getByRole("button", { name: "Leave out" }).click();
  await says(workspace, "Saved");
  await workspace.mark("insisted", "7");
  await says(workspace, "Saved");

  await page.reload();
  await shows(workspace, ["slashed", "insisted", "vowed"]);
  await expect(page.getByText("Your marks stay as your own draft.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Submit" })).toHaveCount(0);
  await expect.poll(() => storedLog(work)).toEqual(["add_span", "add_span", "add_span"]);
});

test("a server that is killed in the middle, and started again, gets what waited", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const { data, remove } = temporaryData();
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const start = () =>
    startServer({ entry: "product", data, environment: { PORT: String(port), APP_URL: address } });
  let server = await start();
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: 1280, height: 900 },
  });
  try {
    const page = await context.newPage();
    await signIn(page, PEOPLE.ana, demoPassword(data));
    await page
      .getByRole("link", { name: /^Start annotating/ })
      .first()
      .click();
    const workspace = new WorkspacePage(page);
    await workspace.mark("seized", "7");
    await says(workspace, "Saved");

    const answered = page.waitForEvent("requestfailed", (request) =>
      OPERATIONS.test(request.url()),
    );
    // The supervisor goes down with its web server.
    process.kill(webServerOf(server), "SIGKILL");
    await workspace.mark("Fighting", "4");
    await answered;
    await workspace.mark("claimed", "7");
    await says(workspace, "Offline: 2 changes kept on this computer");
    expect(await server.exit).toBe(1);
    expect(await waitingIn(page)).toBe(2);

    server = await start();
    await expect(workspace.saveState).toHaveText("Saved", { timeout: 60_000 });
    expect(await waitingIn(page)).toBe(0);
    await page.reload();
    await expect(workspace.spans).toHaveCount(3);
    const stored = await query(
      server.databaseUrl,
      `SELECT array_to_string(x.quotes, '') AS words FROM span x
         JOIN annotation_set s ON s.project_id = x.project_id AND s.id = x.annotation_set_id
        WHERE s.assignment_id = $1 AND NOT x.is_removed ORDER BY x.start`,
      [page.url().split("/").at(-1)],
    );
    expect(stored.map(({ words }) => words).sort()).toEqual(["Fighting", "claimed", "seized"]);
  } finally {
    await context.close();
    await server.stop();
    remove();
  }
});

async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  // Nobody is left to answer.
  session.send("Page.crash").catch(() => {});
  await crashed;
}

function submissions({ assignmentId }: Work) {
  return ask<{ submitted_at: Date | null; state: string }>(
    "SELECT submitted_at, state FROM assignment WHERE id = $1",
    [assignmentId],
  );
}

/** A next version of the project's codebook in which “Naming” is called otherwise; answers the one before. */
async function publishNext({ projectId }: Work): Promise<number> {
  const [{ content } = { content: "" }] = await ask<{ content: string }>(
    `SELECT content::text FROM codebook_version WHERE project_id = $1 AND state = 'published'`,
    [projectId],
  );
  expect(content).toContain('"Naming"');
  const renamed = JSON.parse(content.replaceAll('"Naming"', '"Renamed"'));
  return (await publishCodebook(projectId, renamed)) - 1;
}
