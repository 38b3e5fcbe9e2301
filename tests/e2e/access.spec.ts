import { expect, type Page } from "@playwright/test";
import { findBarriers } from "../support/barriers";
import { type Person, test } from "../support/people";

/** Pages by who sees them; `{project}` and `{document}` are the demo's. */
const pages: [Person, string[]][] = [
  [
    "lead",
    [
      "/",
      "/account",
      "/projects/new",
      "{project}",
      "{project}/documents",
      "{project}/documents/new",
      "{document}",
      "{project}/codebook",
      "{project}/people",
      "/account/keys",
      "{project}/documents/reprints",
      "{project}/events",
      "{project}/codebook/versions",
      "{project}/rounds",
      "{project}/rounds/new",
      "{project}/assignments",
      "{project}/onboarding",
      "{project}/progress",
      "{project}/progress/pairs",
      "{project}/discussions",
      "{project}/adjudication",
      "{project}/adjudication/words",
      "{project}/adjudication/disputes",
      "{project}/adjudication/proposals",
      "{project}/releases",
      "{project}/releases/new",
      "{project}/agreement",
      "{project}/api",
      "{project}/api/webhooks",
      "/api-reference",
      "{compare}",
      "{project}/dataset",
    ],
  ],
  [
    "admin",
    [
      "/admin/users",
      "/admin/users/invite",
      "/admin/projects",
      "/admin/jobs?group=all",
      "/admin/audit",
      "/admin/site",
      "/account/second-factor",
    ],
  ],
  ["chiara", ["/", "{project}", "{work}"]],
];

async function addresses(page: Page): Promise<Record<string, string>> {
  await page.goto("/");
  const project = await page
    .locator('a[href^="/projects/"]:not([href$="/new"])')
    .first()
    .getAttribute("href");
  const found: Record<string, string> = { "{project}": project ?? "" };
  const work = page.locator('a[href^="/assignments/"]').first();
  if ((await work.count()) > 0) found["{work}"] = (await work.getAttribute("href")) ?? "";
  await page.goto(`${project}/documents`);
  const links = await page
    .locator(`a[href^="${project}/documents/"]`)
    .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const path = links.find((each) => /\/documents\/[0-9a-f-]{36}$/.test(each));
  if (path !== undefined) {
    found["{document}"] = path;
    found["{compare}"] = path.replace("/documents/", "/compare/");
  }
  return found;
}

for (const scheme of ["light", "dark"] as const) {
  for (const [person, paths] of pages) {
    test(`${person}'s pages have no barrier in ${scheme}, break no policy and fit 360 px`, async ({
      as,
    }) => {
      test.setTimeout(180_000);
      const page = await as(person);
      await page.emulateMedia({ colorScheme: scheme });
      const refused: string[] = [];
      page.on("console", (message) => {
        if (/Content Security Policy|hydrat/i.test(message.text())) refused.push(message.text());
      });
      page.on("pageerror", (error) => refused.push(String(error)));
      const places = await addresses(page);
      for (const path of paths) {
        const address = path.replace(/\{\w+\}/, (name) => places[name] ?? name);
        await page.setViewportSize({ width: 1280, height: 900 });
        const answer = await page.goto(address);
        expect(answer?.status(), address).toBe(200);
        await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
        expect(await findBarriers(page), address).toEqual([]);
        await page.setViewportSize({ width: 360, height: 740 });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${address} scrolls sideways at 360 px`).toBeLessThanOrEqual(0);
      }
      expect(refused).toEqual([]);
    });
  }
}

test("the barrier check finds a planted barrier", async ({ page }) => {
  await page.goto("/sign-in");
  expect(await findBarriers(page)).toEqual([]);
  await page.evaluate(() => {
    const image = document.createElement("img");
    image.src = "data:,";
    document.querySelector("main")?.append(image);
  });
  expect((await findBarriers(page)).join()).toContain("image-alt");
});
