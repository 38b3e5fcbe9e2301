/** Bundles the pages of the bench from our sources, as for production, with the real style sheets. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import tailwind from "@tailwindcss/postcss";
import * as esbuild from "esbuild";
import postcss from "postcss";

const here = import.meta.dirname;
const root = path.resolve(here, "..", "..");
const page = (name: string) => path.join(here, "page", name);

/** Writes one script and one style sheet per page into a folder. */
export async function bundlePages(folder: string): Promise<void> {
  await esbuild.build({
    entryPoints: {
      "framemark-text": page("framemark-text.tsx"),
      "framemark-workspace": page("framemark-workspace.tsx"),
      recogito: page("recogito.ts"),
      "label-studio": page("label-studio.ts"),
    },
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    tsconfig: path.join(root, "tsconfig.json"),
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".woff2": "file" },
    alias: {
      "next/navigation": page("stubs/next-navigation.ts"),
      "next/link": page("stubs/next-link.tsx"),
      "next-auth/react": page("stubs/next-auth-react.ts"),
    },
    logLevel: "warning",
    plugins: [styles, reachableAnnotator],
  });
}

/** Tailwind as the product runs it, for the sheet that imports it. */
const styles: esbuild.Plugin = {
  name: "styles",
  setup(build) {
    build.onLoad({ filter: /globals\.css$/ }, async ({ path: from }) => {
      const source = await readFile(from, "utf8");
      const { css } = await postcss([tailwind({ base: root, optimize: true })]).process(source, {
        from,
      });
      return { contents: css, loader: "css", resolveDir: path.dirname(from) };
    });
  },
};

/** The harness works the workspace through its annotator, which the component keeps to itself. */
const reachableAnnotator: esbuild.Plugin = {
  name: "reachable-annotator",
  setup(build) {
    build.onResolve({ filter: /^\.\/annotator$/ }, ({ importer }) =>
      importer.endsWith(path.join("workspace", "workspace.tsx"))
        ? { path: page("captured-annotator.ts") }
        : undefined,
    );
  },
};
