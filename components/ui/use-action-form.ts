"use client";
import { type FormEvent, startTransition, useActionState } from "react";
import { type FormState, UNTOUCHED } from "@/lib/domain/form";

/**
 * A form that a server action answers: spread `form` on <form>. What was typed stays when it is
 * refused; given to `action` alone, React would empty the fields either way.
 */
export function useActionForm(
  action: (before: FormState, form: FormData) => Promise<FormState>,
  onDone?: (state: FormState & { state: "done" }) => void,
) {
  const [state, send, isPending] = useActionState(
    async (before: FormState, form: FormData): Promise<FormState> => {
      const next = await action(before, form);
      if (next.state === "done") onDone?.(next);
      return next;
    },
    UNTOUCHED,
  );
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => send(form));
  };
  return { state, isPending, form: { onSubmit } };
}
