/**
 * What a migration must not do while servers of the version before still run on the database: they
 * read and write by the old names and know nothing of new duties. Columns and tables go one version
 * after the last use; see docs/deployment.md.
 */
const rules = [
  { pattern: /\bDROP\s+(TABLE|COLUMN|TYPE|VIEW)\b/i, says: "drops what the version before uses" },
  { pattern: /\bRENAME\b/i, says: "renames what the version before uses" },
  {
    pattern: /\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b/i,
    says: "changes the type of a column",
  },
  { pattern: /\bSET\s+NOT\s+NULL\b/i, says: "makes a column mandatory that may be left out" },
  {
    pattern: /\bADD\s+COLUMN\s+(?![^,;]*\bDEFAULT\b)[^,;]*\bNOT\s+NULL\b/i,
    says: "adds a mandatory column without a default",
  },
  {
    pattern:
      /\bCREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)[^;]*\bON\s+"?(operation|span|document|block|audit_event)"?\b/i,
    says: "locks a large table while it makes an index; write CONCURRENTLY, in a migration of its own",
  },
];

/**
 * @param {string} sql
 * @returns {string[]} what is wrong, with the statement
 */
export function findMigrationProblems(sql) {
  const statements = sql.replace(/--.*$/gm, "").split(";");
  return statements.flatMap((statement) => {
    const told = statement.trim().replace(/\s+/g, " ").slice(0, 100);
    return rules
      .filter(({ pattern }) => pattern.test(statement))
      .map(({ says }) => `${says}: ${told}`);
  });
}
