"use client";
import { Select, TextArea, TextField } from "@/components/ui/field";
import { Section } from "@/components/ui/page";
import { ANNOTATION_LICENCES } from "@/lib/domain/releases/settings";
import type { Draft } from "./release-draft";

/** Licences, authors, and what the dataset card and datasheet say. */
export function PaperFields({
  draft,
  change,
}: {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
}) {
  const area = (
    label: string,
    key: "about" | "intendedUse" | "limitations" | "personalInformation",
    help: string,
  ) => (
    <TextArea
      label={label}
      rows={3}
      maxLength={20_000}
      value={draft[key]}
      help={help}
      onChange={({ target }) => change({ [key]: target.value })}
    />
  );
  return (
    <Section title="Licences and documentation">
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label="Licence of the annotations"
          required
          value={draft.annotationLicence}
          onChange={({ target }) => change({ annotationLicence: target.value })}
          help="For annotations and codebook. It gives no right to the texts."
        >
          <option value="">Choose…</option>
          {ANNOTATION_LICENCES.map((licence) => (
            <option key={licence} value={licence}>
              {licence}
            </option>
          ))}
        </Select>
        <TextField
          label="Terms of the texts"
          required
          maxLength={400}
          value={draft.textLicence}
          onChange={({ target }) => change({ textLicence: target.value })}
          help="For example: All rights reserved by the publishers."
        />
        <TextArea
          label="Authors (one a line)"
          rows={3}
          value={draft.authors}
          onChange={({ target }) => change({ authors: target.value })}
          help="For the citation. Annotators are never named by themselves."
        />
        <TextField
          label="Contact (optional)"
          maxLength={400}
          value={draft.contact}
          onChange={({ target }) => change({ contact: target.value })}
        />
        {area("About the dataset", "about", "Why it was made, and what it is.")}
        {area("Intended use", "intendedUse", "What it is good for, and what not.")}
        {area("Biases and limitations", "limitations", "What a user must know.")}
        {area(
          "Personal information",
          "personalInformation",
          "People named in the texts, and how annotators are protected.",
        )}
      </div>
    </Section>
  );
}
