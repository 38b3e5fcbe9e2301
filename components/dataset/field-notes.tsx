const NOTES = [
  [
    "start, end, ranges",
    "Unicode code points from 0, as Python and R count them; the end is not part of the span. A span in parts has several ranges.",
  ],
  ["quote", "The words of the span; parts are joined by “ … ”."],
  ["unit", "What the label stands on: span, relation, sentence, block or document."],
  ["pseudonym", "The annotator, the same throughout the project."],
  ["codebook, round", "Under which version and in which round the label was given."],
  ["origin", "How the span came to be: by hand, or from a suggestion."],
  ["active_seconds", "Time the annotator worked on the document, idle time cut."],
  [
    "text_sha256",
    "Of the UTF-8 text that the offsets count in, so that a changed copy is noticed.",
  ],
] as const;

/** What the less plain fields of an annotation mean. */
export function FieldNotes() {
  return (
    <dl className="grid max-w-3xl gap-x-4 gap-y-1 text-sm sm:grid-cols-[max-content_1fr]">
      {NOTES.map(([name, note]) => (
        <div key={name} className="contents">
          <dt className="font-mono text-[13px]">{name}</dt>
          <dd className="mb-1 text-ink-soft sm:mb-0">{note}</dd>
        </div>
      ))}
    </dl>
  );
}
