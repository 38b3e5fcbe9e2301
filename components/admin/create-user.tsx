"use client";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Select, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { OneTimeLink } from "@/components/ui/one-time-link";
import { useActionForm } from "@/components/ui/use-action-form";
import { createUser } from "@/lib/actions/users";
import { fieldProblem } from "@/lib/domain/form";

/** Makes an account, and shows the link by which its person comes in. */
export function CreateUser() {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const close = () => {
    setOpen(false);
    setMade(null);
  };
  return (
    <>
      <Button tone="primary" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden size={16} />
        New user
      </Button>
      <Dialog
        title={made === null ? "New user" : "The account is made"}
        isOpen={isOpen}
        onClose={close}
      >
        {made === null ? (
          <CreateForm onMade={setMade} />
        ) : (
          <div className="flex flex-col gap-4">
            {made.link === undefined ? (
              <Notice tone="good">{made.message}</Notice>
            ) : (
              <>
                <p className="text-sm">
                  {made.message} Send this link to the person. With it they choose a password and
                  sign in.
                </p>
                <OneTimeLink link={made.link} lasts="seven days" />
              </>
            )}
            <div className="flex justify-end gap-2">
              <Button onClick={() => setMade(null)}>Make another</Button>
              <Button onClick={close}>Done</Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}

type Made = { message: string; link?: string };

function CreateForm({ onMade }: { onMade: (made: Made) => void }) {
  const { state, isPending, form } = useActionForm(createUser, onMade);
  const isGeneral = state.state === "refused" && !state.failure.place;
  return (
    <form {...form} className="flex flex-col gap-4">
      {isGeneral ? <Notice tone="bad">{state.failure.message}</Notice> : null}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="off"
        required
        autoFocus
        problem={fieldProblem(state, "email")}
      />
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        required
        maxLength={100}
        help="They can change it later."
        problem={fieldProblem(state, "name")}
      />
      <Select
        label="Role on this site"
        name="role"
        defaultValue="user"
        help="An admin makes accounts and sees every project. Roles in a project are given there."
      >
        <option value="user">User</option>
        <option value="admin">Admin</option>
      </Select>
      <div className="flex justify-end">
        <Button type="submit" tone="primary" disabled={isPending}>
          {isPending ? "Working…" : "Make account"}
        </Button>
      </div>
    </form>
  );
}
