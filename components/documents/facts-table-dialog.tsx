"use client";
import { useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextArea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { describeDocuments, matchFactsTable } from "@/lib/actions/documents";
import { counted } from "@/lib/domain/wording";
import type { MatchedRow } from "@/lib/services/source-facts";

type Props = { projectId: string; isOpen: boolean; onClose: () => void };
type Matched = { rows: MatchedRow[]; unknown: string[] };

/** Reads source facts from a table and shows what each row would change before it does. */
export function FactsTableDialog({ projectId, isOpen, onClose }: Props) {
  return (
    <Dialog title="Facts from a table" size="wide" {...{ isOpen, onClose }}>
      <FactsTableForm {...{ projectId, onClose }} />
    </Dialog>
  );
}

function FactsTableForm({ projectId, onClose }: Omit<Props, "isOpen">) {
  const [table, setTable] = useState("");
  const [matched, setMatched] = useState<Matched | null>(null);
  const [isPending, startTransition] = useTransition();
  const read = (text: string) =>
    startTransition(async () =>
      setMatched(await act(() => matchFactsTable({ projectId, table: text }))),
    );
  const good = matched?.rows.filter(({ problem }) => problem === null) ?? [];
  const store = () =>
    startTransition(async () => {
      const documents = good.flatMap(({ documentId, facts }) =>
        documentId === null ? [] : [{ documentId, facts }],
      );
      let before: Parameters<typeof describeDocuments>[0]["documents"] = [];
      const run = async () => {
        const result = await describeDocuments({ projectId, documents });
        if (result.ok) before = result.value.before;
        return result;
      };
      const done = await act(run, {
        message: `Facts of ${counted(documents.length, "document")} set.`,
        undo: () => void act(() => describeDocuments({ projectId, documents: before })),
      });
      if (done !== null) onClose();
    });
  return (
    <div className="flex flex-col gap-3">
      <TextArea
        label="Table (CSV or TSV)"
        help="The first row names the columns. One of them says which document is meant: id, address or title. The others say what is known: outlet, author, date, language, country, section, licence, event, or any name of yours."
        rows={7}
        value={table}
        onChange={(event) => {
          setTable(event.target.value);
          setMatched(null);
        }}
        placeholder={"title,outlet,date\nTruce holds in the valley,The Harbour Post,2021-01-29"}
        className="font-mono text-xs"
      />
      <label className="text-[13px]">
        Or a file:{" "}
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          onChange={async (event) => {
            const text = await event.target.files?.[0]?.text();
            if (text === undefined) return;
            setTable(text);
            read(text);
          }}
        />
      </label>
      {matched === null ? null : <MatchedRows matched={matched} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        {matched === null ? (
          <Button
            tone="primary"
            disabled={isPending || table.trim() === ""}
            onClick={() => read(table)}
          >
            Read
          </Button>
        ) : (
          <Button tone="primary" disabled={isPending || good.length === 0} onClick={store}>
            Set facts of {counted(good.length, "document")}
          </Button>
        )}
      </div>
    </div>
  );
}

function MatchedRows({ matched: { rows, unknown } }: { matched: Matched }) {
  return (
    <>
      {unknown.length > 0 ? <Notice>Free fields: {unknown.join(", ")}.</Notice> : null}
      <Table
        label="Rows of the table"
        className="max-h-72 overflow-y-auto"
        head={
          <>
            <HeadCell>Row</HeadCell>
            <HeadCell>Document</HeadCell>
            <HeadCell>Says</HeadCell>
          </>
        }
      >
        {rows.map(({ line, key, title, facts, problem }) => (
          <tr key={line}>
            <Cell className="tabular-nums text-ink-soft">{line}</Cell>
            <Cell>{title ?? key}</Cell>
            <Cell className={problem === null ? "text-ink-soft" : "text-bad"}>
              {problem ?? saidBy(facts)}
            </Cell>
          </tr>
        ))}
      </Table>
    </>
  );
}

function saidBy(facts: MatchedRow["facts"]): string {
  const { facts: free = {}, ...own } = facts;
  return [...Object.entries(own), ...Object.entries(free)]
    .map(([name, value]) => `${name}: ${value}`)
    .join(" · ");
}
