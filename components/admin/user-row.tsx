"use client";
import clsx from "clsx";
import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { useOptimistic, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Badge } from "@/components/ui/badge";
import { Menu, type MenuChoice } from "@/components/ui/menu";
import { Cell } from "@/components/ui/table";
import { createPasswordLink, disableUser, enableUser, setUserRole } from "@/lib/actions/users";

type Role = "user" | "admin";

export type ShownUser = {
  userId: string;
  name: string;
  email: string;
  role: Role;
  isDisabled: boolean;
  hasPassword: boolean;
  isLinkWaiting: boolean;
  hasSecondFactor: boolean;
  projects: number;
  seen: string;
  isMe: boolean;
};

/** One account. Acts take hold at once and can be undone from the message that follows. */
export function UserRow({
  user,
  onLink,
}: {
  user: ShownUser;
  onLink: (made: { link: string | null; purpose: "join" | "reset_password" }) => void;
}) {
  const [isPending, start] = useTransition();
  const makeLink = () =>
    start(async () => {
      const made = await act(() => createPasswordLink({ userId: user.userId }));
      if (made !== null) onLink(made);
    });
  const toggle = () => start(() => (user.isDisabled ? enable(user) : disable(user)));
  return (
    <tr className={clsx(isPending && "opacity-60")}>
      <Cell className="max-w-44 sm:max-w-72">
        <span className={clsx("block truncate font-medium", user.isDisabled && "text-ink-faint")}>
          <Link href={`/admin/users/${user.userId}`} className="hover:underline">
            <bdi>{user.name}</bdi>
          </Link>
          {user.isMe ? <span className="font-normal text-ink-soft"> (you)</span> : null}
        </span>
        <span className="block truncate text-[13px] text-ink-soft">{user.email}</span>
        <span className="mt-1 block sm:hidden">
          <State user={user} />
        </span>
      </Cell>
      <Cell>
        <RoleSelect user={user} />
      </Cell>
      <Cell className="hidden sm:table-cell">
        <State user={user} />
      </Cell>
      <Cell className="hidden text-right tabular-nums sm:table-cell">{user.projects}</Cell>
      <Cell className="hidden whitespace-nowrap text-ink-soft md:table-cell">{user.seen}</Cell>
      <Cell className="text-right">
        {user.isMe ? null : (
          <Menu label={`More for ${user.name}`} choices={choicesFor(user, { makeLink, toggle })}>
            <Ellipsis aria-hidden size={16} />
          </Menu>
        )}
      </Cell>
    </tr>
  );
}

function choicesFor(
  user: ShownUser,
  { makeLink, toggle }: { makeLink: () => void; toggle: () => void },
): MenuChoice[] {
  if (user.isDisabled) return [{ id: "enable", label: "Enable", onChoose: toggle }];
  return [
    {
      id: "link",
      label: user.hasPassword ? "Link to reset the password" : "Link to choose a password",
      onChoose: makeLink,
    },
    { id: "disable", label: "Disable", onChoose: toggle, isDanger: true },
  ];
}

function RoleSelect({ user }: { user: ShownUser }) {
  const [shown, show] = useOptimistic(user.role);
  const [isPending, start] = useTransition();
  const choose = (role: Role) =>
    start(async () => {
      show(role);
      await changeRole(user, role, user.role);
    });
  return (
    <select
      aria-label={`Role of ${user.name}`}
      title={user.isMe ? "Another admin can change your role." : undefined}
      value={shown}
      disabled={user.isMe || isPending}
      onChange={(event) => choose(event.target.value === "admin" ? "admin" : "user")}
      className="h-7 rounded-md border border-line-strong bg-surface px-1.5 text-[13px] disabled:cursor-not-allowed disabled:opacity-55"
    >
      <option value="user">User</option>
      <option value="admin">Admin</option>
    </select>
  );
}

function State({ user }: { user: ShownUser }) {
  if (user.isDisabled) return <Badge tone="bad">Disabled</Badge>;
  if (user.isLinkWaiting) return <Badge tone="warn">Link waits</Badge>;
  if (!user.hasPassword) return <Badge tone="warn">No password yet</Badge>;
  return user.hasSecondFactor ? (
    <Badge tone="good">Active, second factor</Badge>
  ) : (
    <Badge>Active</Badge>
  );
}

async function changeRole(user: ShownUser, role: Role, before: Role | null): Promise<void> {
  await act(() => setUserRole({ userId: user.userId, role }), {
    message: `${user.name} is now ${role === "admin" ? "an admin" : "a user"} and must sign in again.`,
    ...(before !== null && { undo: () => void changeRole(user, before, null) }),
  });
}

async function disable(user: ShownUser): Promise<void> {
  await act(() => disableUser({ userId: user.userId }), {
    message: `${user.name} is disabled and signed out.`,
    undo: () => void enable(user),
  });
}

async function enable(user: ShownUser): Promise<void> {
  await act(() => enableUser({ userId: user.userId }), {
    message: `${user.name} is enabled and can sign in.`,
  });
}
