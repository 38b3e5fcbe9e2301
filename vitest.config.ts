import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

/** As in the web server, so that `import "server-only"` passes. The rest are Vite's own. */
const conditions = ["react-server", "module", "node", "development|production"];

const shared = {
  environment: "node",
  pool: "forks",
  // A person who has these set must get the same result as everyone else.
  env: { TZ: "UTC", DATABASE_URL: "", FRAMEMARK_DATA: "" },
} as const;

export default defineConfig({
  resolve: { alias: { "@": root } },
  test: {
    projects: [
      {
        extends: true,
        test: { ...shared, name: "domain", include: ["tests/domain/**/*.test.ts"] },
      },
      {
        extends: true,
        resolve: { conditions },
        ssr: { resolve: { conditions, externalConditions: ["react-server"] } },
        test: {
          ...shared,
          name: "services",
          include: ["tests/services/**/*.test.ts"],
          globalSetup: "tests/support/cluster-setup.ts",
          setupFiles: "tests/support/database-setup.ts",
          hookTimeout: 30_000,
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: "start",
          include: ["tests/start/**/*.test.ts"],
          // Real processes on a machine that may be busy with a build.
          hookTimeout: 120_000,
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: "faults",
          include: ["tests/faults/*.test.ts"],
          // They kill servers and compete for ports; one at a time keeps the reason of a failure plain.
          fileParallelism: false,
          hookTimeout: 180_000,
          testTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          // Minutes each: npm run test:faults.
          name: "faults-long",
          include: ["tests/faults/long/*.test.ts"],
          fileParallelism: false,
          hookTimeout: 300_000,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
