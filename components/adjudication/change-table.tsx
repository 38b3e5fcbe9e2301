import { Fragment } from "react";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { ChangeRow, RoundFigure } from "@/lib/domain/agreement-report/round-change";
import { counted } from "@/lib/domain/wording";
import type { AgreementChange } from "@/lib/services/round-change";

/** Below so many documents an interval says little. */
const ROUGH_BELOW = 10;

/** Agreement on each label in two rounds, with intervals and the difference. */
export function ChangeTable({ change }: { change: AgreementChange }) {
  const { before, after, documents, annotators } = change;
  const layers = change.layers.filter(({ rows }) => rows.some(isTold));
  if (documents === 0 || layers.length === 0) {
    return (
      <p className="max-w-prose text-sm text-ink-soft">
        “{before.name}” and “{after.name}” have no document that the same two annotators submitted
        in both, so there is nothing to compare yet.
      </p>
    );
  }
  return (
    <>
      <Table
        label="Agreement by label, before and after"
        head={
          <>
            <HeadCell>Label</HeadCell>
            <HeadCell className="text-right">{roundWords(before)}</HeadCell>
            <HeadCell className="text-right">{roundWords(after)}</HeadCell>
            <HeadCell className="text-right">Difference</HeadCell>
            <HeadCell className="text-right">p</HeadCell>
          </>
        }
      >
        {layers.map(({ layer, name, measure, rows }) => (
          <Fragment key={layer}>
            <tr className="bg-sunken">
              <th scope="rowgroup" colSpan={5} className="px-3 py-1.5 text-left text-[13px]">
                <span className="font-medium">{name}</span>{" "}
                <span className="font-normal text-ink-soft">{measure}</span>
              </th>
            </tr>
            {rows.filter(isTold).map((row) => (
              <tr key={row.label ?? ""}>
                <th scope="row" className="px-3 py-2 text-left font-normal">
                  {row.name}
                </th>
                <FigureCell figure={row.before} />
                <FigureCell figure={row.after} />
                <FigureCell figure={row.difference} sign="always" />
                <Cell className="text-right tabular-nums">{pWords(row.p)}</Cell>
              </tr>
            ))}
          </Fragment>
        ))}
      </Table>
      <p className="mt-2 max-w-prose text-[13px] text-ink-soft">
        On the {counted(documents, "document")} that both rounds have, by{" "}
        {counted(annotators, "annotator")} who submitted them in both. In brackets 95 % intervals, t
        with one document left out in turn. p: the share of ways to swap the two rounds of documents
        that differ at least as much.
        {documents < ROUGH_BELOW
          ? ` With fewer than ${ROUGH_BELOW} documents take the intervals as rough.`
          : ""}{" "}
        A dash stands where a round has no value, for example because nobody gave the label.
      </p>
    </>
  );
}

function roundWords({ name, version }: AgreementChange["before"]): string {
  return version === null ? name : `${name}, version ${version}`;
}

function isTold({ before, after }: ChangeRow): boolean {
  return before.value !== null || after.value !== null;
}

function FigureCell({ figure, sign = "own" }: { figure: RoundFigure; sign?: "own" | "always" }) {
  if (figure.value === null) {
    return (
      <Cell className="text-right text-ink-faint">
        <span aria-hidden>–</span>
        <span className="sr-only">No value. {figure.because}</span>
      </Cell>
    );
  }
  const words = sign === "always" ? signed : plain;
  return (
    <Cell className="whitespace-nowrap text-right tabular-nums">
      {words(figure.value)}
      {figure.low === null || figure.high === null ? null : (
        <span className="block text-[12px] text-ink-soft">
          [{words(figure.low)}, {words(figure.high)}]
        </span>
      )}
    </Cell>
  );
}

/** Two decimals and a true minus; more would promise too much. */
function plain(value: number): string {
  const rounded = value.toFixed(2);
  return rounded === "-0.00" ? "0.00" : rounded.replace("-", "−");
}

function signed(value: number): string {
  const words = plain(value);
  return value > 0 && words !== "0.00" ? `+${words}` : words;
}

function pWords(p: number | null): string {
  if (p === null) return "–";
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}
