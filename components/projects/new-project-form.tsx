"use client";
import { Button, ButtonLink } from "@/components/ui/button";
import { Select, TextArea, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useActionForm } from "@/components/ui/use-action-form";
import { createProject } from "@/lib/actions/projects";
import { fieldProblem } from "@/lib/domain/form";
import { LANGUAGES } from "@/lib/domain/languages";
import type { Template } from "@/lib/services/codebooks";
import { TemplateCards } from "./template-cards";

/** Name, language and codebook of a new project. */
export function NewProjectForm({ templates }: { templates: Template[] }) {
  const { state, isPending, form } = useActionForm(createProject);
  const known = ["name", "description", "language", "template"];
  const isElsewhere = state.state === "refused" && !known.includes(state.failure.place ?? "");
  return (
    <form {...form} className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
        <TextField
          label="Name"
          name="name"
          required
          maxLength={120}
          autoComplete="off"
          placeholder="Ceasefire coverage 2020"
          problem={fieldProblem(state, "name")}
        />
        <Select
          label="Language of the articles"
          name="language"
          defaultValue="en"
          problem={fieldProblem(state, "language")}
        >
          {LANGUAGES.map(([tag, name]) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <TextArea
        label="What it is about (optional)"
        name="description"
        rows={2}
        maxLength={2000}
        help="Everyone in the project reads this."
        problem={fieldProblem(state, "description")}
      />
      <TemplateCards templates={templates} problem={fieldProblem(state, "template")} />
      {state.state === "refused" && isElsewhere ? (
        <Notice tone="bad">{state.failure.message}</Notice>
      ) : null}
      <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-canvas px-4 py-3">
        <ButtonLink tone="quiet" href="/">
          Cancel
        </ButtonLink>
        <Button tone="primary" type="submit" disabled={isPending}>
          {isPending ? "Making the project…" : "Make the project"}
        </Button>
      </div>
    </form>
  );
}
