/** Layers, top to bottom: app > components > lib/actions > lib/services > lib/server > lib/domain. */
const may = (layer, from, allowed, extra = {}) => ({
  name: `${layer}-imports`,
  severity: "error",
  from: { path: from },
  to: {
    pathNot: ["node_modules", ...allowed],
    dependencyTypesNot: ["core", ...(extra.typesOk ? ["type-only"] : [])],
  },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "domain-is-pure",
      comment: "lib/domain imports itself and zod; a format may import its one parser.",
      severity: "error",
      from: { path: "^lib/domain/", pathNot: "^lib/domain/(formats|imports)/" },
      to: { pathNot: ["^lib/domain/", "^node_modules/zod/"] },
    },
    {
      name: "readers-are-pure",
      comment: "A reader of a file format may import the one library that knows it, and streams.",
      severity: "error",
      from: { path: "^lib/domain/imports/" },
      to: {
        pathNot: [
          "^lib/domain/",
          "^stream$",
          "^node_modules/(zod|@mozilla/readability|linkedom|marked|mammoth|unpdf|csv-parse|read-excel-file)/",
        ],
      },
    },
    {
      name: "formats-are-pure",
      severity: "error",
      from: { path: "^lib/domain/formats/" },
      to: {
        pathNot: [
          "^lib/domain/",
          "^node_modules/(zod|csv-stringify|fflate|hyparquet-writer|saxes)/",
        ],
      },
    },
    may("server", "^lib/server/", ["^lib/server/", "^lib/domain/", "^prisma/generated/"]),
    may("services", "^lib/services/", [
      "^codebooks/",
      "^lib/services/",
      "^lib/server/",
      "^lib/domain/",
      "^prisma/generated/",
    ]),
    may("actions", "^lib/actions/", ["^lib/services/", "^lib/server/", "^lib/domain/"]),
    may("components", "^components/", ["^components/", "^lib/actions/", "^lib/domain/"], {
      typesOk: true,
    }),
    may("app", "^app/", [
      "^app/",
      "^components/",
      "^lib/actions/",
      "^lib/services/",
      "^lib/server/",
      "^lib/domain/",
    ]),
    {
      name: "features-stay-apart",
      severity: "error",
      from: { path: "^components/([^/]+)/" },
      to: { path: "^components/", pathNot: ["^components/$1/", "^components/ui/"] },
    },
    {
      name: "database-only-in-services",
      severity: "error",
      from: { pathNot: "^(lib/services|lib/server|prisma|tests|scripts)/" },
      to: { path: "^lib/server/db\\.ts$|^node_modules/@prisma/|^prisma/generated/" },
    },
    {
      name: "no-tests-in-product",
      severity: "error",
      from: { pathNot: "^(tests|bench)/|\\.config\\.(ts|js)$" },
      to: { path: "^(tests|bench)/" },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: {
        orphan: true,
        pathNot: [
          "^app/",
          "^proxy\\.ts$",
          "^instrumentation",
          "\\.(test|spec)\\.ts$",
          "\\.d\\.ts$",
          "\\.config\\.",
        ],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|node_modules/\\.)" },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
