import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { findMigrationProblems } from "../../scripts/migration-rules.mjs";

const folder = path.resolve(import.meta.dirname, "..", "..", "prisma", "migrations");
/** Nobody has data under these: they came before the first version that was given away. */
const beforeFirstVersion = (name: string) => name < "20261201";

describe("migrations leave the version before at work", () => {
  test("all that came after the first version", () => {
    const later = readdirSync(folder).filter(
      (name) => /^\d/.test(name) && !beforeFirstVersion(name),
    );
    const problems = later.flatMap((name) =>
      findMigrationProblems(readFileSync(path.join(folder, name, "migration.sql"), "utf8")).map(
        (problem) => `${name} ${problem}`,
      ),
    );
    expect(problems).toEqual([]);
  });

  test.each([
    ['ALTER TABLE "span" DROP COLUMN "note"', "drops"],
    ["DROP TABLE span", "drops"],
    ['ALTER TABLE "span" RENAME COLUMN "a" TO "b"', "renames"],
    ['ALTER TABLE "span" ALTER COLUMN "a" SET DATA TYPE bigint', "type"],
    ['ALTER TABLE "span" ALTER COLUMN "a" SET NOT NULL', "mandatory"],
    ['ALTER TABLE "span" ADD COLUMN "a" text NOT NULL', "without a default"],
    ['CREATE UNIQUE INDEX "x" ON "span"("a")', "locks"],
  ])("refuses %s", (sql, reason) => {
    const problems = findMigrationProblems(`SELECT 1;\n-- a remark; DROP TABLE x\n${sql};`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(reason);
  });

  test.each([
    ['ALTER TABLE "span" ADD COLUMN "a" text'],
    ['ALTER TABLE "span" ADD COLUMN "a" text NOT NULL DEFAULT \'\''],
    ['CREATE INDEX CONCURRENTLY "x" ON "span"("a")'],
    ['CREATE INDEX "x" ON "new_table"("a")'],
    ['ALTER TABLE "span" ALTER COLUMN "a" DROP NOT NULL'],
  ])("takes %s", (sql) => {
    expect(findMigrationProblems(sql)).toEqual([]);
  });

  test("would have refused one of the early ones", () => {
    const early = readdirSync(folder).filter((name) => name.endsWith("_document_bands"));
    const sql = readFileSync(path.join(folder, early[0] ?? "", "migration.sql"), "utf8");
    expect(findMigrationProblems(sql).join()).toContain("drops");
  });
});
