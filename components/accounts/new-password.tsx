"use client";
import { useState } from "react";
import { Checkbox, TextField } from "@/components/ui/field";

/** A field for a new password, which may be looked at rather than typed twice. */
export function NewPassword({ problem }: { problem: string | undefined }) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="flex flex-col gap-2">
      <TextField
        label="New password"
        name="password"
        type={isShown ? "text" : "password"}
        autoComplete="new-password"
        autoCapitalize="none"
        spellCheck={false}
        required
        minLength={8}
        maxLength={128}
        help="8 characters or more. A few words are easy to remember and hard to guess."
        problem={problem}
      />
      <Checkbox
        label="Show the password"
        checked={isShown}
        onChange={(event) => setShown(event.target.checked)}
      />
    </div>
  );
}
