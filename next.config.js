import { readdirSync } from "node:fs";
import path from "node:path";

/** The newest migration: a server of this build is ready where its database has it. */
const schema = readdirSync(path.join(import.meta.dirname, "prisma", "migrations"))
  .filter((name) => /^\d+_/.test(name))
  .sort()
  .at(-1);

/** @type {import("next").NextConfig} */
export default {
  output: "standalone",
  env: { FRAMEMARK_SCHEMA: schema },
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by npm test; a first start need not wait for that.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  serverExternalPackages: ["@node-rs/argon2", "pg"],
  // A document has up to two million characters, which may be 8 MB of text.
  experimental: { serverActions: { bodySizeLimit: "9mb" }, proxyClientMaxBodySize: "10mb" },
  turbopack: { root: path.resolve(import.meta.dirname) },
  outputFileTracingRoot: path.resolve(import.meta.dirname),
  outputFileTracingExcludes: { "*": ["node_modules/typescript/**", "node_modules/@img/**"] },
};
