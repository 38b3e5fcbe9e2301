"use client";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { showToast } from "@/components/ui/toasts";
import { useActionForm } from "@/components/ui/use-action-form";
import { changeOwnName } from "@/lib/actions/accounts";
import { fieldProblem } from "@/lib/domain/form";

/** How others see me. */
export function NameForm({ name }: { name: string }) {
  const { state, isPending, form } = useActionForm(changeOwnName, () =>
    showToast({ tone: "good", message: "Your name is saved." }),
  );
  return (
    <form {...form} className="flex max-w-sm flex-col items-start gap-3">
      <div className="w-full">
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          defaultValue={name}
          help="As the people of your projects see it. Exported data has a pseudonym instead."
          problem={fieldProblem(state, "name")}
        />
      </div>
      <Button type="submit" disabled={isPending}>
        Save name
      </Button>
    </form>
  );
}
