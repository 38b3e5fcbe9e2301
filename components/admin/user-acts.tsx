"use client";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { endUserSessions, resetSecondFactor } from "@/lib/actions/users";

/** What an admin can do about the sign-in of somebody. */
export function UserActs({
  userId,
  name,
  hasSessions,
  hasSecondFactor,
}: {
  userId: string;
  name: string;
  hasSessions: boolean;
  hasSecondFactor: boolean;
}) {
  const [isPending, start] = useTransition();
  const end = () =>
    start(async () => {
      await act(() => endUserSessions({ userId }), {
        message: `${name} is signed out everywhere.`,
      });
    });
  const reset = () =>
    start(async () => {
      await act(() => resetSecondFactor({ userId }), {
        message: `${name} signs in by password alone until they set up a new second factor.`,
      });
    });
  return (
    <div className="flex flex-wrap gap-2">
      {hasSessions ? (
        <Button disabled={isPending} onClick={end}>
          Sign out everywhere
        </Button>
      ) : null}
      {hasSecondFactor ? (
        <Button tone="danger" disabled={isPending} onClick={reset}>
          Take the second factor away
        </Button>
      ) : null}
    </div>
  );
}
