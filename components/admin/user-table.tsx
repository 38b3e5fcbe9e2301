"use client";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { OneTimeLink } from "@/components/ui/one-time-link";
import { HeadCell, Table } from "@/components/ui/table";
import { type ShownUser, UserRow } from "./user-row";

type MadeLink = { name: string; link: string | null; purpose: "join" | "reset_password" };

/** Everyone with an account, with what an admin can do about it. */
export function UserTable({ users }: { users: readonly ShownUser[] }) {
  const [made, setMade] = useState<MadeLink | null>(null);
  return (
    <>
      <Table
        label="Users"
        head={
          <>
            <HeadCell>Person</HeadCell>
            <HeadCell>Role</HeadCell>
            <HeadCell className="hidden sm:table-cell">State</HeadCell>
            <HeadCell className="hidden text-right sm:table-cell">Projects</HeadCell>
            <HeadCell className="hidden md:table-cell">Last seen</HeadCell>
            <HeadCell>
              <span className="sr-only">More</span>
            </HeadCell>
          </>
        }
      >
        {users.map((user) => (
          <UserRow
            key={user.userId}
            user={user}
            onLink={(answer) => setMade({ name: user.name, ...answer })}
          />
        ))}
      </Table>
      <Dialog title="One-time link" isOpen={made !== null} onClose={() => setMade(null)}>
        {made === null ? null : (
          <div className="flex flex-col gap-4">
            <p className="text-sm">
              {made.purpose === "join"
                ? `With this link ${made.name} chooses a first password.`
                : `With this link ${made.name} chooses a new password; the present one holds until then.`}
            </p>
            {made.link === null ? (
              <Notice tone="good">It was sent by mail. Nobody else sees it.</Notice>
            ) : (
              <OneTimeLink
                link={made.link}
                lasts={made.purpose === "join" ? "seven days" : "30 minutes"}
              />
            )}
          </div>
        )}
      </Dialog>
    </>
  );
}
