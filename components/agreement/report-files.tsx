const FILES = [
  ["html", "Page (HTML)"],
  ["csv", "All figures (CSV)"],
  ["json", "Everything (JSON)"],
  ["md", "Tables (Markdown)"],
  ["tex", "Tables (LaTeX)"],
  ["txt", "Methods paragraph"],
  ["bib", "Sources (BibTeX)"],
] as const;

/** The report as files, with the settings that the page has. Names in them are pseudonyms. */
export function ReportFiles({ api, query }: { api: string; query: string }) {
  return (
    <nav aria-label="The report as files" className="mb-6 text-sm print:hidden">
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {FILES.map(([format, words]) => (
          <li key={format}>
            <a
              href={`${api}/files/${format}${query === "" ? "" : `?${query}`}`}
              download
              className="inline-flex min-h-6 items-center text-accent underline underline-offset-2"
            >
              {words}
            </a>
          </li>
        ))}
      </ul>
      <p className="text-[13px] text-ink-soft">
        With the settings above. Files name annotators by pseudonym. To have a PDF, print the page.
      </p>
    </nav>
  );
}
