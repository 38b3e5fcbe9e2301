import type { ReportSetting } from "@/lib/domain/agreement/report-types";

const QUESTIONS = [
  ["Same passages with the same label?", "F1, exact and by overlap; α on characters"],
  ["Same passages, whatever the label?", "F1, any label"],
  ["Which label is the problem?", "the table label by label, with its number of spans"],
  ["Who reads differently?", "the table pair by pair, then a document side by side"],
] as const;

/** What the numbers answer, and the rules that decided them. */
export function ReadingGuide({ settings }: { settings: readonly ReportSetting[] }) {
  return (
    <div className="flex flex-col gap-2">
      <details className="rounded-md border border-line bg-surface px-3 py-2 text-sm">
        <summary className="font-medium">What the numbers mean</summary>
        <div className="mt-2 flex max-w-prose flex-col gap-2">
          <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
            {QUESTIONS.map(([question, answer]) => (
              <div key={question} className="contents">
                <dt className="text-ink-soft">{question}</dt>
                <dd>{answer}</dd>
              </div>
            ))}
          </dl>
          <p>
            Krippendorff’s α and Cohen’s κ are 1 for full agreement and 0 for what chance would
            give; below 0 people agree less than by chance. F1 is the share of spans that two
            annotators have in common; chance is not taken out of it.
          </p>
          <p>
            Krippendorff (2004) relies on results from .80, draws tentative conclusions from .67,
            and asks that the lower end of the interval clears the level. Published projects on
            slanted wording mostly lie lower. Low agreement may be careless work, an unclear
            codebook, or genuinely different readings: look at the documents side by side before you
            decide which.
          </p>
        </div>
      </details>
      <details className="rounded-md border border-line bg-surface px-3 py-2 text-sm">
        <summary className="font-medium">The rules that decided the numbers</summary>
        <ul className="mt-2 flex max-w-prose list-disc flex-col gap-1 pl-5">
          {settings.map(({ id, words }) => (
            <li key={id}>{words}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}
