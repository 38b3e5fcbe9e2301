import { expect } from "@playwright/test";
import { signIn, test } from "../support/people";

test("an admin makes an account by a link that works once, and ends its sessions by disabling it", async ({
  as,
  browser,
}) => {
  const admin = await as("admin");
  await admin.goto("/admin/users");
  await admin.getByRole("button", { name: /New user|Create user|Add user|New account/ }).click();
  const dialog = admin.getByRole("dialog");
  const email = `nora.${Date.now()}@example.org`;
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByLabel("Name").fill("Nora Lind");
  await dialog.getByRole("button", { name: /Create|Make/ }).click();
  const link = await dialog.getByRole("textbox", { name: /link/i }).inputValue();
  expect(link).toContain("/welcome/");

  const guest = await browser.newContext({
    baseURL: `http://127.0.0.1:${process.env.FRAMEMARK_TEST_PORT}`,
  });
  const page = await guest.newPage();
  await page.goto(new URL(link).pathname);
  const password = "heron lantern mosaic";
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page.getByRole("heading", { name: "Your work" })).toBeVisible();

  await test.step("the link is used up", async () => {
    const second = await guest.newPage();
    await second.goto(new URL(link).pathname);
    await expect(second.getByRole("heading", { name: "This link does not work" })).toBeVisible();
    await second.close();
  });

  await test.step("disabling ends the session at the next click", async () => {
    await admin.goto("/admin/users");
    const row = admin.getByRole("row").filter({ hasText: email });
    await row.getByRole("button", { name: "More for Nora Lind" }).click();
    await admin.getByRole("menuitem", { name: "Disable" }).click();
    await expect(row).toContainText(/disabled/i);
    await page.goto("/account");
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert")).toBeVisible();
  });
  await guest.close();
});

test("somebody signed out is led to the page that they asked for", async ({ page }) => {
  await page.goto("/account");
  await page.waitForURL(/\/sign-in/);
  await signIn(page, "ben@example.org");
  await expect(page.getByRole("link", { name: /Framemark/ })).toBeVisible();
});

test("an annotator finds neither the admin's pages nor another's work", async ({ as }) => {
  const ben = await as("ben");
  expect((await ben.goto("/admin/users"))?.status()).toBe(404);
  const chiara = await as("chiara");
  await chiara.goto("/");
  const work = await chiara.locator('a[href^="/assignments/"]').first().getAttribute("href");
  expect((await ben.goto(work ?? ""))?.status()).toBe(404);
  const id = work?.split("/").at(-1);
  const read = await ben.request.get(`/api/v1/assignments/${id}/operations`);
  expect(read.status()).toBe(404);
});
