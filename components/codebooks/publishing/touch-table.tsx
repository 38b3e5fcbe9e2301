import { Cell, HeadCell, Table } from "@/components/ui/table";
import { counted } from "@/lib/domain/wording";
import type { Publication } from "@/lib/services/codebook-publishing";

type Touched = Publication["touched"][number];
type Touch = Touched["open"];

/** What each rule does to what is annotated already, counted. */
export function TouchTable({ touched }: { touched: readonly Touched[] }) {
  return (
    <Table
      label="What becomes of annotations"
      head={
        <>
          <HeadCell>What becomes of it</HeadCell>
          <HeadCell>In open work</HeadCell>
          <HeadCell>In submitted work</HeadCell>
          <HeadCell>In decided and imported work</HeadCell>
        </>
      }
    >
      {touched.map(({ sentence, open, submitted, others }) => (
        <tr key={sentence}>
          <Cell className="min-w-60">{sentence}</Cell>
          <Cell className="text-[13px]">{touchWords(open)}</Cell>
          <Cell className="text-[13px]">{touchWords(submitted)}</Cell>
          <Cell className="text-[13px]">{touchWords(others)}</Cell>
        </tr>
      ))}
    </Table>
  );
}

function touchWords({ annotations, documents, annotators }: Touch): string {
  if (annotations === 0) return "nothing";
  const whose = annotators === 0 ? "" : `, of ${counted(annotators, "annotator")}`;
  return `${counted(annotations, "annotation")} in ${counted(documents, "document")}${whose}`;
}
