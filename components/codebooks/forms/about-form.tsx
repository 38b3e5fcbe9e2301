"use client";
import { Select, TextArea, TextField } from "@/components/ui/field";
import type { Codebook } from "@/lib/domain/codebook/language";
import { LANGUAGES } from "@/lib/domain/languages";
import { useEditor } from "../editing/editor-context";
import { editAbout } from "../editing/edits";
import type { Patch } from "../editing/parts";
import { STANCE_WORDS } from "../editing/words";
import { Choices, FormPart } from "./form-parts";
import { useProblem } from "./use-problem";

const STANCES = ["as_conveyed", "as_felt", "as_intended"] as const;

/** Name, language, stance and source of a codebook. */
export function AboutForm() {
  const { codebook, edit } = useEditor();
  const problem = useProblem({ kind: "about" });
  const set = (patch: Patch<Codebook>) =>
    edit((before) => editAbout(before, patch), `about/${Object.keys(patch).join()}`);
  const isListed = LANGUAGES.some(([tag]) => tag === codebook.language);
  return (
    <div className="flex flex-col gap-5">
      <FormPart title="This codebook">
        <TextField
          label="Name"
          value={codebook.name}
          maxLength={200}
          autoComplete="off"
          problem={problem("name")}
          onChange={({ target }) => set({ name: target.value })}
        />
        <TextArea
          label="Description"
          rows={2}
          className="field-sizing-content"
          value={codebook.description}
          onChange={({ target }) => set({ description: target.value })}
        />
        <Select
          label="Language it is written in"
          value={codebook.language}
          onChange={({ target }) => set({ language: target.value })}
        >
          {isListed ? null : <option value={codebook.language}>{codebook.language}</option>}
          {LANGUAGES.map(([tag, name]) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </Select>
      </FormPart>
      <FormPart title="Whose reading is asked for">
        <Choices
          legend="Annotators judge a text"
          value={codebook.stance ?? "open"}
          onChange={(stance) => set({ stance: stance === "open" ? undefined : stance })}
          options={[
            ...STANCES.map((value) => ({ value, name: STANCE_WORDS[value].name })),
            {
              value: "open" as const,
              name: "This is not said",
              says: "Annotators will differ for reasons that you cannot see.",
            },
          ]}
        />
      </FormPart>
      <FormPart title="Source">
        <TextArea
          label="Citation (optional)"
          rows={2}
          className="field-sizing-content"
          help="What to cite when this scheme is used; it is printed and exported with the data."
          value={codebook.citation}
          onChange={({ target }) => set({ citation: target.value })}
        />
        <TextArea
          label="Still to check against the paper (optional)"
          rows={1}
          className="field-sizing-content"
          help="Shown to everyone until you empty it."
          value={codebook.checkAgainstPaper ?? ""}
          onChange={({ target }) =>
            set({ checkAgainstPaper: target.value === "" ? undefined : target.value })
          }
        />
      </FormPart>
    </div>
  );
}
