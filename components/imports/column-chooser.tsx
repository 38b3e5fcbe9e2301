"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { COLUMN_USES, type ColumnUse } from "@/lib/domain/imports/fact-names";
import type { ImportFound } from "@/lib/services/import-store";
import { type ImportPlace, useReadAgain } from "./use-read-again";

type Use = ColumnUse | "free" | "skip";

const USES: Record<Use, string> = {
  text: "The text",
  title: "Title",
  outlet: "Outlet",
  author: "Author",
  publishedOn: "Published on",
  url: "Address",
  language: "Language",
  country: "Country",
  section: "Section",
  licence: "Licence",
  event: "Event",
  free: "Keep as a field",
  skip: "Leave out",
};

/** What each column of a table is. The choice is remembered for the next import. */
export function ColumnChooser({ place, found }: { place: ImportPlace; found: ImportFound }) {
  const proposed = Object.fromEntries(found.columns.map(({ name, use }) => [name, use as Use]));
  const [chosen, setChosen] = useState<Record<string, Use>>({});
  const { isReading, readAgain } = useReadAgain(place);
  if (found.columns.length === 0) return null;
  const uses = { ...proposed, ...chosen };
  const hasText = Object.values(uses).includes("text");
  return (
    <Section
      title="Columns"
      actions={
        <Button
          disabled={isReading || Object.keys(chosen).length === 0}
          onClick={() => void readAgain({ columns: uses }).then(() => setChosen({}))}
        >
          {isReading ? "Reading…" : "Read with these columns"}
        </Button>
      }
    >
      {hasText ? null : (
        <p className="mb-2 text-sm text-bad">
          No column is the text yet. Choose the one that holds the articles.
        </p>
      )}
      <Table
        label="Columns"
        head={
          <>
            <HeadCell>Column</HeadCell>
            <HeadCell>Is</HeadCell>
            <HeadCell>Example</HeadCell>
          </>
        }
      >
        {found.columns.map(({ name, sample }) => (
          <tr key={name}>
            <Cell className="max-w-48 font-medium">
              <bdi className="block truncate">{name}</bdi>
            </Cell>
            <Cell>
              <select
                aria-label={`What ${name} is`}
                value={uses[name]}
                onChange={({ target }) => setChosen({ ...chosen, [name]: target.value as Use })}
                className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
              >
                {[...COLUMN_USES, "free" as const, "skip" as const].map((use) => (
                  <option key={use} value={use}>
                    {USES[use]}
                  </option>
                ))}
              </select>
            </Cell>
            <Cell className="max-w-md text-ink-soft">
              <bdi className="block truncate">{sample}</bdi>
            </Cell>
          </tr>
        ))}
      </Table>
    </Section>
  );
}
