"use client";
import { useState } from "react";
import { Checkbox, TextField } from "@/components/ui/field";
import { PASSWORD_MAXIMUM, PASSWORD_MINIMUM } from "@/lib/domain/password-length";

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
        minLength={PASSWORD_MINIMUM}
        maxLength={PASSWORD_MAXIMUM}
        help={`${PASSWORD_MINIMUM} characters or more. A few words are easy to remember and hard to guess.`}
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
