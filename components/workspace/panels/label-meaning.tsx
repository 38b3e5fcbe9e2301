import type { Codebook, Label } from "@/lib/domain/codebook/language";

/** What a label means, with examples and with what it is not. */
export function LabelMeaning({ label, codebook }: { label: Label; codebook: Codebook }) {
  const nameOf = (key: string) =>
    codebook.layers.flatMap((layer) => layer.labels).find((each) => each.key === key)?.name ?? key;
  return (
    <>
      <p className="font-medium">{label.name}</p>
      <p className="text-ink-soft">{label.definition}</p>
      {label.examples.slice(0, 2).map((example) => (
        <p key={example} className="mt-1 font-serif italic">
          {example}
        </p>
      ))}
      {label.counterExamples.slice(0, 2).map((example) => (
        <p key={example} className="mt-1 text-ink-soft">
          <span className="font-medium">Not this:</span>{" "}
          <span className="font-serif italic">{example}</span>
        </p>
      ))}
      {label.notThis.map((hint) => (
        <p key={hint.note} className="mt-1 text-ink-soft">
          <span className="font-medium">
            Not this{hint.label === undefined ? "" : `, but ${nameOf(hint.label)}`}:
          </span>{" "}
          {hint.note}
        </p>
      ))}
    </>
  );
}
