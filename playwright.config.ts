import net from "node:net";
import { defineConfig } from "@playwright/test";
import { findBrowser, launchFlags } from "./scripts/browser.mjs";

// Each worker reads this file again: what must be the same for all is chosen once and inherited.
process.env.FRAMEMARK_TEST_PORT ??= String(await freePort());
process.env.FRAMEMARK_TEST_BROWSER ??= JSON.stringify(await findBrowser());
const { executablePath, environment } = JSON.parse(process.env.FRAMEMARK_TEST_BROWSER);

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  globalSetup: "./tests/support/browser-setup.ts",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // Generous for a machine that builds something else at the same time; only a failure costs it.
  timeout: 120_000,
  // In CI a test may fail once; those that did are listed as flaky, and are to be mended.
  retries: process.env.CI ? 1 : 0,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    baseURL: `http://127.0.0.1:${process.env.FRAMEMARK_TEST_PORT}`,
    browserName: "chromium",
    actionTimeout: 15_000,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      env: { ...(process.env as Record<string, string>), ...environment },
      chromiumSandbox: false,
      args: launchFlags,
    },
  },
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
