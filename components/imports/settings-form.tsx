"use client";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Select, TextField } from "@/components/ui/field";
import { ENCODINGS, type Encoding } from "@/lib/domain/imports/encodings";
import { LANGUAGES } from "@/lib/domain/languages";
import type { ImportView } from "@/lib/services/imports";
import { type ImportPlace, useReadAgain } from "./use-read-again";

const ENCODING_NAMES: Record<Encoding, string> = {
  auto: "Find out",
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16, little-endian",
  "utf-16be": "UTF-16, big-endian",
  "windows-1252": "Windows-1252 (Western)",
};

const FACTS = [
  ["outlet", "Outlet"],
  ["publishedOn", "Published on"],
  ["event", "Event they report on"],
  ["author", "Author"],
  ["country", "Country"],
  ["section", "Section"],
  ["licence", "Licence"],
  ["url", "Address"],
] as const;

/** An annotated format that files may be read as. */
export type ReadableFormat = { name: string; title: string };

/** What holds for all articles of an import whose source says nothing else. */
export function SettingsForm({
  place,
  view: { settings },
  formats,
}: {
  place: ImportPlace;
  view: ImportView;
  formats: ReadableFormat[];
}) {
  const { isReading, readAgain } = useReadAgain(place);
  const [facts, setFacts] = useState(settings.facts);
  const [language, setLanguage] = useState(settings.language);
  const [encoding, setEncoding] = useState(settings.encoding);
  const [readAs, setReadAs] = useState(settings.readAs);
  const isListed = LANGUAGES.some(([tag]) => tag === language);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void readAgain({ facts, language, encoding, readAs });
  };
  return (
    <details className="rounded-md border border-line bg-surface">
      <summary className="rounded px-3 py-2 text-sm font-medium">
        For all of them{" "}
        <span className="font-normal text-ink-soft">
          language, event, outlet, how files are read
        </span>
      </summary>
      <form onSubmit={submit} className="flex flex-col gap-4 border-t border-line p-3">
        <div className="grid gap-3 sm:grid-cols-3">
          <Select
            label="Language"
            value={language}
            onChange={({ target }) => setLanguage(target.value)}
          >
            {isListed ? null : <option value={language}>{language}</option>}
            {LANGUAGES.map(([tag, name]) => (
              <option key={tag} value={tag}>
                {name}
              </option>
            ))}
          </Select>
          <Select
            label="Letters in text files"
            value={encoding}
            onChange={({ target }) => setEncoding(target.value as Encoding)}
          >
            {ENCODINGS.map((each) => (
              <option key={each} value={each}>
                {ENCODING_NAMES[each]}
              </option>
            ))}
          </Select>
          <Select label="Read as" value={readAs} onChange={({ target }) => setReadAs(target.value)}>
            <option value="auto">Find out</option>
            <option value="articles">Articles without annotations</option>
            {formats.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </Select>
        </div>
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
          {FACTS.map(([key, label]) => (
            <TextField
              key={key}
              label={label}
              type={key === "publishedOn" ? "date" : "text"}
              value={facts[key]}
              maxLength={key === "url" ? 2000 : 200}
              onChange={({ target }) => setFacts({ ...facts, [key]: target.value })}
            />
          ))}
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" disabled={isReading}>
            {isReading ? "Reading…" : "Use these"}
          </Button>
          <p className="text-[13px] text-ink-soft">
            What an article says of itself comes before what stands here.
          </p>
        </div>
      </form>
    </details>
  );
}
