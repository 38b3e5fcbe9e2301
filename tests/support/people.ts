import { readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, test as base, type Page } from "@playwright/test";

/** People of the demo; their password is made anew for each test run. */
export const PEOPLE = {
  lead: "lead@example.org",
  admin: "admin@example.org",
  ana: "ana@example.org",
  ben: "ben@example.org",
  chiara: "chiara@example.org",
  deniz: "deniz@example.org",
} as const;

export type Person = keyof typeof PEOPLE;

/** The demo's password, from where `npm start` notes it. */
export function demoPassword(data = process.env.FRAMEMARK_TEST_DATA ?? ""): string {
  const note = readFileSync(path.join(data, "sign-in.txt"), "utf8");
  const password = /password of all of them: (\S+)/i.exec(note)?.[1];
  if (password === undefined) throw new Error(`No password in: ${note}`);
  return password;
}

/** Signs in through the page. */
export async function signIn(page: Page, email: string, password = demoPassword()): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

type Fixtures = {
  /** A page of its own, signed in as one of the demo's people. */
  as: (person: Person) => Promise<Page>;
};

export const test = base.extend<Fixtures>({
  as: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (person) => {
      const context = await newContext(browser);
      contexts.push(context);
      const page = await context.newPage();
      await signIn(page, PEOPLE[person]);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: `http://127.0.0.1:${process.env.FRAMEMARK_TEST_PORT}`,
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
  });
}
