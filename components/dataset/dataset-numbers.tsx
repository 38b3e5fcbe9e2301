type Counts = {
  documents: number;
  submissions: number;
  spans: number;
  relations: number;
  unitLabels: number;
};

/** How much the dataset holds. */
export function DatasetNumbers({ counts, annotators }: { counts: Counts; annotators: number }) {
  const numbers = [
    ["Documents", counts.documents],
    ["Annotators", annotators],
    ["Submissions", counts.submissions],
    ["Spans", counts.spans],
    ...(counts.relations > 0 ? [["Relations", counts.relations]] : []),
    ["Document and sentence labels", counts.unitLabels],
  ] as [string, number][];
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {numbers.map(([name, count]) => (
        <div key={name}>
          <dt className="text-[13px] text-ink-soft">{name}</dt>
          <dd className="text-lg font-semibold tabular-nums">{count.toLocaleString("en")}</dd>
        </div>
      ))}
    </dl>
  );
}
