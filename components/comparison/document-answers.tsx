import { Check } from "lucide-react";
import { Cell, HeadCell, Table } from "@/components/ui/table";

type ComparedLayer = {
  layer: { key: string; name: string };
  rows: readonly { key: string; name: string; answers: Record<string, string> }[];
};

/** The labels of the document as a whole, by annotator. */
export function DocumentAnswers({
  layers,
  annotators,
}: {
  layers: readonly ComparedLayer[];
  annotators: readonly { id: string; name: string }[];
}) {
  return (
    <div className="flex flex-col gap-4">
      {layers.map(({ layer, rows }) => (
        <div key={layer.key}>
          {rows.length === 0 ? (
            <p className="text-sm text-ink-soft">{layer.name}: nobody gave a label.</p>
          ) : (
            <Table
              label={layer.name}
              head={
                <>
                  <HeadCell>{layer.name}</HeadCell>
                  {annotators.map(({ id, name }) => (
                    <HeadCell key={id} className="text-center">
                      {name}
                    </HeadCell>
                  ))}
                </>
              }
            >
              {rows.map(({ key, name, answers }) => (
                <tr key={key}>
                  <th scope="row" className="px-3 py-1.5 text-left font-normal">
                    {name}
                  </th>
                  {annotators.map(({ id }) => (
                    <Cell key={id} className="py-1.5 text-center">
                      <Answer answer={answers[id]} />
                    </Cell>
                  ))}
                </tr>
              ))}
            </Table>
          )}
        </div>
      ))}
    </div>
  );
}

function Answer({ answer }: { answer: string | undefined }) {
  if (answer === undefined) return <span className="sr-only">no</span>;
  if (answer !== "") return answer;
  return <Check role="img" aria-label="yes" size={15} className="inline" />;
}
