"use client";
import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";

/** Sends the form it stands in; says that it is at work and cannot be pressed twice. */
export function SubmitButton({ children, ...rest }: ComponentProps<typeof Button>) {
  const { pending } = useFormStatus();
  return (
    <Button tone="primary" {...rest} type="submit" disabled={pending || rest.disabled}>
      {pending ? "Working…" : children}
    </Button>
  );
}
