"use client";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { changeMemberRole, removeMember, restoreMember } from "@/lib/actions/projects";
import { PROJECT_ROLES, type ProjectRole } from "@/lib/domain/policy";
import type { Member } from "@/lib/services/members";

type Props = { projectId: string; members: Member[]; isAdmin: boolean; isArchived: boolean };

/** The members of a project; their roles and their leaving. */
export function MemberTable({ projectId, members, isAdmin, isArchived }: Props) {
  return (
    <Table
      label="Members"
      head={
        <>
          <HeadCell>Name</HeadCell>
          <HeadCell>Role</HeadCell>
          <HeadCell>Exported as</HeadCell>
          <HeadCell className="text-end">Submitted</HeadCell>
          <HeadCell>
            <span className="sr-only">Remove</span>
          </HeadCell>
        </>
      }
    >
      {members.map((member) => (
        <MemberRow
          key={member.userId}
          projectId={projectId}
          member={member}
          isAdmin={isAdmin}
          isFixed={isArchived || member.isSelf || (member.role === "lead" && !isAdmin)}
        />
      ))}
    </Table>
  );
}

function MemberRow({
  projectId,
  member,
  isAdmin,
  isFixed,
}: {
  projectId: string;
  member: Member;
  isAdmin: boolean;
  isFixed: boolean;
}) {
  const { userId, name, email, role, pseudonym, assigned, submitted } = member;
  const [isPending, startTransition] = useTransition();
  const key = { projectId, userId };
  const setRole = (next: ProjectRole) =>
    startTransition(async () => {
      await act(() => changeMemberRole({ ...key, role: next }), {
        message: `${name} is now ${next}.`,
        undo: () => void act(() => changeMemberRole({ ...key, role })),
      });
    });
  const remove = () =>
    startTransition(async () => {
      await act(() => removeMember(key), {
        message: `${name} left the project. Their labels stay.`,
        undo: () => void act(() => restoreMember(key)),
      });
    });
  return (
    <tr>
      <Cell className="min-w-48">
        <span className="font-medium">{name}</span> <MemberBadges member={member} />
        <div className="text-[13px] text-ink-soft">{email}</div>
      </Cell>
      <Cell>
        {isFixed ? (
          role
        ) : (
          <select
            aria-label={`Role of ${name}`}
            value={role}
            disabled={isPending}
            onChange={(event) => setRole(event.target.value as ProjectRole)}
            className="h-8 rounded border border-line bg-surface px-1.5 text-sm hover:border-line-strong"
          >
            {PROJECT_ROLES.filter((each) => each !== "lead" || isAdmin || role === "lead").map(
              (each) => (
                <option key={each}>{each}</option>
              ),
            )}
          </select>
        )}
      </Cell>
      <Cell className="font-mono text-xs text-ink-soft">{pseudonym ?? "–"}</Cell>
      <Cell className="whitespace-nowrap text-end tabular-nums">
        {assigned === 0 ? "–" : `${submitted} of ${assigned}`}
      </Cell>
      <Cell className="text-end">
        {isFixed ? null : (
          <Button
            size="small"
            tone="quiet"
            disabled={isPending}
            aria-label={`Remove ${name}`}
            onClick={remove}
          >
            Remove
          </Button>
        )}
      </Cell>
    </tr>
  );
}

function MemberBadges({ member }: { member: Member }) {
  if (member.isSelf) return <Badge>you</Badge>;
  if (member.isDisabled) return <Badge tone="warn">account disabled</Badge>;
  return member.isInvited ? <Badge tone="warn">has not joined yet</Badge> : null;
}
