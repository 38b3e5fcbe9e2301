"use client";
import { type FormEvent, useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { describeImportRow } from "@/lib/actions/imports";
import { FACTS, type Fact } from "@/lib/domain/imports/found-article";

const NAMES: Record<Fact, string> = {
  title: "Title",
  outlet: "Outlet",
  author: "Author",
  publishedOn: "Published on",
  url: "Address",
  language: "Language code",
  country: "Country",
  section: "Section",
  licence: "Licence",
  event: "Event",
};

/** What is known of one article's source, to mend before it is stored. */
export function RowFacts({
  place,
  facts,
  onSaved,
}: {
  place: { projectId: string; importId: string; position: number };
  facts: Record<Fact, string>;
  onSaved: () => void;
}) {
  const [isSaving, setSaving] = useState(false);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const changed = FACTS.map(
      (fact) => [fact, String(form.get(fact) ?? "").trim()] as const,
    ).filter(([fact, value]) => value !== facts[fact]);
    if (changed.length === 0) return;
    setSaving(true);
    const saved = await act(
      async () => {
        const result = await describeImportRow({ ...place, facts: Object.fromEntries(changed) });
        return result.ok ? { ok: true as const, value: true } : result;
      },
      { message: "Kept. The article is stored with these facts." },
    );
    setSaving(false);
    if (saved !== null) onSaved();
  };
  return (
    <form onSubmit={(event) => void save(event)} className="mt-2 grid gap-2 sm:grid-cols-3">
      {FACTS.map((fact) => (
        <TextField
          key={fact}
          name={fact}
          label={NAMES[fact]}
          type={fact === "publishedOn" ? "date" : "text"}
          defaultValue={facts[fact]}
          required={fact === "title" || fact === "language"}
          autoComplete="off"
        />
      ))}
      <div className="sm:col-span-3">
        <Button size="small" type="submit" disabled={isSaving}>
          {isSaving ? "Keeping…" : "Keep these facts"}
        </Button>
      </div>
    </form>
  );
}
