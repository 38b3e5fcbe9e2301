import { Badge } from "@/components/ui/badge";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { Verdict } from "@/lib/domain/onboarding/feedback";
import type { TrainingFeedback } from "@/lib/services/onboarding-training";

const VERDICTS: Record<Verdict, { name: string; tone: "good" | "warn" | "bad" }> = {
  found: { name: "found", tone: "good" },
  boundaries: { name: "other words", tone: "warn" },
  label: { name: "other label", tone: "warn" },
  missed: { name: "missed", tone: "bad" },
  extra: { name: "not in the gold", tone: "bad" },
};

const UNITS = { document: "The document", block: "A paragraph", sentence: "A sentence" };

/** What was found, missed, labelled otherwise or bounded otherwise, in the order of the text. */
export function FeedbackView({
  feedback,
  notes,
  names,
}: Pick<TrainingFeedback, "notes" | "names"> & {
  feedback: NonNullable<TrainingFeedback["feedback"]>;
}) {
  const nameOf = (layer: string, told: string | null) => {
    if (told === null) return "–";
    const [label = "", value] = told.split("=");
    const name = names[`${layer}/${label}`] ?? label;
    return value === undefined ? name : `${name}: ${value}`;
  };
  const listed = (layer: string, all: string[]) =>
    all.length === 0 ? "–" : all.map((each) => nameOf(layer, each)).join(", ");
  return (
    <Table
      label="Comparison with the gold"
      head={
        <>
          <HeadCell>Result</HeadCell>
          <HeadCell>Words</HeadCell>
          <HeadCell>Gold</HeadCell>
          <HeadCell>You</HeadCell>
        </>
      }
    >
      {feedback.spans.map((line) => (
        <tr key={`${line.layer} ${line.start} ${line.end} ${line.verdict} ${line.given}`}>
          <Cell>
            <VerdictBadge verdict={line.verdict} />
          </Cell>
          <Cell>
            <bdi>“{line.words}”</bdi>
            {line.ownWords ? (
              <p className="text-[13px] text-ink-soft">
                You marked <bdi>“{line.ownWords}”</bdi>
              </p>
            ) : null}
            {line.goldId && notes[line.goldId] ? (
              <p className="text-[13px] text-ink-soft">Why: {notes[line.goldId]}</p>
            ) : null}
          </Cell>
          <Cell>{nameOf(line.layer, line.wanted)}</Cell>
          <Cell>{nameOf(line.layer, line.given)}</Cell>
        </tr>
      ))}
      {feedback.units.map((line) => (
        <tr key={`${line.layer} ${line.start} ${line.end} ${line.wanted} ${line.given}`}>
          <Cell>
            <VerdictBadge verdict={line.verdict} />
          </Cell>
          <Cell>
            {UNITS[line.unit]}: {names[line.layer] ?? line.layer}
          </Cell>
          <Cell>{listed(line.layer, line.wanted)}</Cell>
          <Cell>{listed(line.layer, line.given)}</Cell>
        </tr>
      ))}
    </Table>
  );
}

function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { name, tone } = VERDICTS[verdict];
  return <Badge tone={tone}>{name}</Badge>;
}
