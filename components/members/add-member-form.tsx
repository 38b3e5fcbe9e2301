"use client";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Select, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { OneTimeLink } from "@/components/ui/one-time-link";
import { useActionForm } from "@/components/ui/use-action-form";
import { addMember } from "@/lib/actions/projects";
import { fieldProblem } from "@/lib/domain/form";

/** What each role is for, in the words of the form. */
const ROLES = [
  ["annotator", "Annotator: annotates the documents given to them"],
  ["adjudicator", "Adjudicator: settles where annotators differ"],
  ["viewer", "Viewer: reads the codebook and what is released"],
  ["lead", "Lead: runs the project"],
] as const;

/** Adds somebody by e-mail; who has no account gets a link to send to them. */
export function AddMemberForm({ projectId, isAdmin }: { projectId: string; isAdmin: boolean }) {
  const box = useRef<HTMLFormElement>(null);
  const { state, isPending, form } = useActionForm(addMember, () => box.current?.reset());
  const isElsewhere = state.state === "refused" && state.failure.place !== "email";
  return (
    <div className="mb-5 rounded-md border border-line bg-surface p-4">
      <form
        ref={box}
        {...form}
        className="grid items-start gap-3 sm:grid-cols-[1fr_1fr_auto] sm:gap-4"
      >
        <input type="hidden" name="projectId" value={projectId} />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          required
          autoComplete="off"
          problem={fieldProblem(state, "email")}
        />
        <Select label="Role" name="role" defaultValue="annotator">
          {ROLES.filter(([role]) => role !== "lead" || isAdmin).map(([role, words]) => (
            <option key={role} value={role}>
              {words}
            </option>
          ))}
        </Select>
        <Button tone="primary" type="submit" disabled={isPending} className="sm:mt-[1.55rem]">
          {isPending ? "Adding…" : "Add"}
        </Button>
      </form>
      {state.state === "refused" && isElsewhere ? (
        <Notice tone="bad" className="mt-3">
          {state.failure.message}
        </Notice>
      ) : null}
      {state.state === "done" ? (
        <Notice tone="good" className="mt-3">
          <p>{state.message}</p>
          {state.link ? <OneTimeLink link={state.link} lasts="seven days" /> : null}
        </Notice>
      ) : null}
    </div>
  );
}
