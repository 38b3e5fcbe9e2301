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
  timeout: 60_000,
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
