"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { ImportView } from "@/lib/services/imports";
import { type ImportPlace, useReadAgain } from "./use-read-again";

/** Somebody whose work annotations of a file may become. */
export type Person = { userId: string; name: string };

/** Whose work the annotations of each author become. */
export function AuthorChooser({
  place,
  view,
  people,
}: {
  place: ImportPlace;
  view: ImportView;
  people: Person[];
}) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const { isReading, readAgain } = useReadAgain(place);
  const { authors } = view.found;
  if (authors.length === 0) return null;
  const before = new Map(view.settings.authors.map(({ name, as }) => [name, as]));
  const asOf = (name: string) => chosen.get(name) ?? before.get(name) ?? "imported";
  return (
    <Section
      title="Whose annotations"
      actions={
        <Button
          disabled={isReading || chosen.size === 0}
          onClick={() =>
            void readAgain({
              authors: authors.map(({ name }) => ({ name, as: asOf(name) })),
            }).then(() => setChosen(new Map()))
          }
        >
          {isReading ? "Reading…" : "Use these"}
        </Button>
      }
    >
      <Table
        label="Whose annotations"
        head={
          <>
            <HeadCell>In the files</HeadCell>
            <HeadCell>Documents</HeadCell>
            <HeadCell>Becomes</HeadCell>
          </>
        }
      >
        {authors.map(({ name, documents }) => (
          <tr key={name}>
            <Cell className="max-w-64 font-medium">
              <bdi className="block truncate">{name}</bdi>
            </Cell>
            <Cell className="tabular-nums">{documents.toLocaleString("en")}</Cell>
            <Cell>
              <select
                aria-label={`What the work of ${name} becomes`}
                value={asOf(name)}
                onChange={({ target }) => setChosen(new Map(chosen).set(name, target.value))}
                className="h-8 max-w-72 rounded-md border border-line-strong bg-surface px-2 text-sm"
              >
                <option value="imported">Kept as imported, beside people’s work</option>
                <option value="skip">Leave out</option>
                {people.length === 0 ? null : (
                  <optgroup label="The work of">
                    {people.map((person) => (
                      <option key={person.userId} value={person.userId}>
                        {person.name}
                      </option>
                    ))}
                  </optgroup>
                )}
              </select>
            </Cell>
          </tr>
        ))}
      </Table>
    </Section>
  );
}
