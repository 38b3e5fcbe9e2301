import type { LayerReport } from "@/lib/domain/agreement-report/layer-report";
import { MEASURES, SOURCES } from "@/lib/domain/agreement-report/measures";

const QUESTIONS = [
  ["Same passages with the same label?", "α of the layer; F1, exact and by overlap"],
  ["Same passages, whatever the label?", "α, marked or not; F1, any label"],
  ["Which label is the problem?", "label by label, with how often it was given"],
  ["Who reads differently?", "annotator by annotator, then the passages behind a pair"],
  ["Which labels are mixed up?", "which labels met"],
  ["Where do spans begin and end?", "boundaries"],
] as const;

/** What the numbers answer, the rules that decided them, and where the measures come from. */
export function Rules({ layers }: { layers: readonly LayerReport[] }) {
  const measures = [
    ...new Set(
      layers.flatMap(({ headline, beside }) => [
        headline.measure,
        ...beside.map(({ measure }) => measure),
      ]),
    ),
  ];
  const block = "rounded-md border border-line bg-surface px-3 py-2 text-sm";
  return (
    <div className="flex flex-col gap-2">
      <details className={block}>
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
            annotators have in common; chance is not taken out of it. γ and the unitizing α have no
            published threshold.
          </p>
        </div>
      </details>
      <details className={block}>
        <summary className="font-medium">The rules that decided the numbers</summary>
        <div className="mt-2 flex max-w-prose flex-col gap-3">
          {layers.map(({ layer, name, notes }) => (
            <div key={layer}>
              <h3 className="font-medium">{name}</h3>
              <ul className="list-disc pl-5">
                {notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </details>
      <details className={block}>
        <summary className="font-medium">Formulas and sources</summary>
        <dl className="mt-2 flex flex-col gap-1.5">
          {measures.map((id) => (
            <div key={id}>
              <dt>
                {MEASURES[id].name} <code className="text-[12px] text-ink-soft">{id}</code>
              </dt>
              <dd className="text-ink-soft">
                {MEASURES[id].formula} (
                {MEASURES[id].sources.map((key) => SOURCES[key].words).join("; ")})
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}
