import type { ReactNode } from "react";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { GoldAgreement } from "@/lib/domain/agreement-report/gold-agreement";
import type { Apart } from "@/lib/services/agreement-apart";
import { FigureCell, ReasonList } from "./figure-cell";
import { formatMeasure, formatShare, reasonsOf } from "./format";

/** Each annotator against the gold, apart from agreement between annotators. */
export function GoldSection({
  gold: { tables, isTooLarge },
  nameOf,
}: {
  gold: Apart<GoldAgreement>;
  nameOf: (annotator: string) => string;
}) {
  const layers = tables.filter(({ rows }) => rows.length > 0);
  if (isTooLarge) return <Words>There is too much adjudicated work to compute this table.</Words>;
  if (layers.length === 0) {
    return (
      <Words>
        No adjudication of these documents is finished under this version of the codebook. Once one
        is, this table says how far each annotator’s own submission is what was decided.
      </Words>
    );
  }
  const annotators = [
    ...new Set(layers.flatMap(({ rows }) => rows.map(({ annotator }) => annotator))),
  ].sort((a, b) => nameOf(a).localeCompare(nameOf(b), "en"));
  const reasons = reasonsOf(layers.flatMap(({ rows }) => rows.map(({ figure }) => figure)));
  return (
    <>
      <Words>
        After adjudication, over documents whose adjudication is finished. This is not agreement
        between annotators: the gold was made from their work, so whoever it followed is near to it.
        What stays contested counts for nobody.
      </Words>
      <Table
        label="Each annotator against the gold"
        head={
          <>
            <HeadCell>Annotator</HeadCell>
            {layers.map(({ layer, name, measure }) => (
              <HeadCell key={layer} className="text-right">
                {name}
                <span className="block font-normal">
                  {measure === "percent" ? "same answers" : "F1, same words and label"}
                </span>
              </HeadCell>
            ))}
            <HeadCell className="text-right">Documents</HeadCell>
          </>
        }
      >
        {annotators.map((annotator) => {
          const own = layers.map(({ rows }) => rows.find((row) => row.annotator === annotator));
          return (
            <tr key={annotator}>
              <th scope="row" className="px-3 py-1.5 text-left font-normal">
                {nameOf(annotator)}
              </th>
              {layers.map(({ layer, measure }, index) => {
                const figure = own[index]?.figure;
                return figure === undefined ? (
                  <Cell key={layer} />
                ) : (
                  <FigureCell
                    key={layer}
                    figure={figure}
                    reasons={reasons}
                    format={measure === "percent" ? formatShare : formatMeasure}
                  />
                );
              })}
              <Cell className="text-right tabular-nums">
                {Math.max(...own.map((row) => row?.documents ?? 0))}
              </Cell>
            </tr>
          );
        })}
      </Table>
      <ReasonList reasons={reasons} />
    </>
  );
}

function Words({ children }: { children: ReactNode }) {
  return <p className="mb-2 max-w-prose text-[13px] text-ink-soft">{children}</p>;
}
