import { Badge } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { Swatch } from "@/components/ui/swatch";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { LabelAgreement } from "@/lib/domain/agreement/report-types";
import type { LabelLook } from "@/lib/domain/codebook/looks";
import { FigureCell, ReasonList } from "./figure-cell";
import { formatInterval, formatShare, reasonsOf } from "./format";

/** Below this share of tokens, and above its counterpart, percent says little (agreement.md 5.2). */
const RARE = 0.05;

/** Agreement label by label, as "this label or not". */
export function LabelTable({
  name,
  labels,
  looks,
}: {
  name: string;
  labels: readonly LabelAgreement[];
  looks: Record<string, LabelLook>;
}) {
  const reasons = reasonsOf(labels.flatMap(figuresOf));
  const hasIntervals = labels.some(({ alphaCharacters }) => alphaCharacters.interval.low !== null);
  const rare = labels.filter(isRare);
  return (
    <>
      <Table
        label={`${name}: agreement by label`}
        head={
          <>
            <HeadCell>Label</HeadCell>
            <HeadCell className="text-right">Spans</HeadCell>
            <HeadCell className="text-right">Share of tokens</HeadCell>
            <HeadCell className="text-right">α, characters</HeadCell>
            {hasIntervals ? <HeadCell className="text-right">95 % interval</HeadCell> : null}
            <HeadCell className="text-right">κ, tokens</HeadCell>
            <HeadCell className="text-right">Percent, tokens</HeadCell>
            <HeadCell className="text-right">F1, exact</HeadCell>
            <HeadCell className="text-right">F1, overlap</HeadCell>
          </>
        }
      >
        {labels.map((label) => (
          <LabelRow
            key={label.labelId}
            label={label}
            look={looks[label.labelId]}
            reasons={reasons}
            hasIntervals={hasIntervals}
          />
        ))}
      </Table>
      <ReasonList reasons={reasons} />
      {rare.length > 0 ? (
        <Notice className="mt-3 max-w-prose">
          A label on fewer than 5 % of tokens is marked <em>rare</em>. Most text is without it, so
          percent agreement is high whatever the annotators do, and α and κ fall with every single
          difference. Read F1 for it: the share of its spans that the other annotator found too.
        </Notice>
      ) : null}
    </>
  );
}

function LabelRow({
  label,
  look,
  reasons,
  hasIntervals,
}: {
  label: LabelAgreement;
  look: LabelLook | undefined;
  reasons: readonly string[];
  hasIntervals: boolean;
}) {
  return (
    <tr>
      <th scope="row" className="px-3 py-2 text-left font-normal">
        <span className="flex items-center gap-2 whitespace-nowrap">
          {look ? <Swatch colour={look.colour} code={look.code} /> : null}
          {label.name}
          {isRare(label) ? <Badge>rare</Badge> : null}
        </span>
      </th>
      <Cell className="text-right tabular-nums">{label.spans}</Cell>
      <FigureCell figure={label.prevalence} reasons={reasons} format={formatShare} />
      <FigureCell figure={label.alphaCharacters} reasons={reasons} look="shaded" />
      {hasIntervals ? (
        <Cell className="whitespace-nowrap text-right tabular-nums">
          {formatInterval(label.alphaCharacters.interval) ?? "–"}
        </Cell>
      ) : null}
      <FigureCell figure={label.kappaTokens} reasons={reasons} look="shaded" />
      <FigureCell figure={label.percentTokens} reasons={reasons} format={formatShare} />
      <FigureCell figure={label.f1Exact} reasons={reasons} look="shaded" />
      <FigureCell figure={label.f1Overlap} reasons={reasons} look="shaded" />
    </tr>
  );
}

function figuresOf(label: LabelAgreement) {
  const { prevalence, alphaCharacters, kappaTokens, percentTokens, f1Exact, f1Overlap } = label;
  return [prevalence, alphaCharacters, kappaTokens, percentTokens, f1Exact, f1Overlap];
}

function isRare({ prevalence, spans }: LabelAgreement): boolean {
  return spans > 0 && prevalence.value !== null && prevalence.value < RARE;
}
