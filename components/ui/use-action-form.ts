"use client";
import { type FormEvent, startTransition, useActionState } from "react";
import { type FormState, UNTOUCHED } from "@/lib/domain/form";
import { signInHere, withProof } from "./act";
import { showToast } from "./toasts";

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
      const next = await withProof(() => action(before, form), isUnproved);
      if (next.state === "done") onDone?.(next);
      if (next.state === "refused" && next.failure.kind === "unauthenticated") offerSignIn();
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

function isUnproved(state: FormState): boolean {
  return state.state === "refused" && state.failure.kind === "unproved";
}

/** The session has ended. What was typed stands here only, so the way in opens beside it. */
function offerSignIn(): void {
  showToast({
    tone: "bad",
    message: "Your session has ended. Sign in in another tab, then send this again.",
    action: { label: "Sign in", run: () => window.open(signInHere(), "_blank", "noopener") },
  });
}
