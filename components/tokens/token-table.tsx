"use client";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { revokeToken } from "@/lib/actions/tokens";
import type { ListedToken } from "@/lib/services/tokens";

/** The tokens of a project; one that is revoked works no more from that moment. */
export function TokenTable({ projectId, tokens }: { projectId: string; tokens: ListedToken[] }) {
  return (
    <Table
      label="Tokens"
      head={
        <>
          <HeadCell>Token</HeadCell>
          <HeadCell>Acts for</HeadCell>
          <HeadCell>May</HeadCell>
          <HeadCell>Ends</HeadCell>
          <HeadCell>Last used</HeadCell>
          <HeadCell>
            <span className="sr-only">Revoke</span>
          </HeadCell>
        </>
      }
    >
      {tokens.map((token) => (
        <TokenRow key={token.tokenId} projectId={projectId} token={token} />
      ))}
    </Table>
  );
}

function TokenRow({ projectId, token }: { projectId: string; token: ListedToken }) {
  const { tokenId, name, owner, isOwn, scopes, state, expiresAt, lastUsedAt } = token;
  const [isPending, startTransition] = useTransition();
  const revoke = () =>
    startTransition(async () => {
      await act(() => revokeToken({ projectId, tokenId }), { message: `“${name}” is revoked.` });
    });
  return (
    <tr>
      <Cell className="min-w-40">
        <bdi className="font-medium">{name}</bdi>{" "}
        {state === "live" ? null : <Badge tone="warn">{state}</Badge>}
      </Cell>
      <Cell className="whitespace-nowrap">
        <bdi>{owner}</bdi> {isOwn ? <Badge>you</Badge> : null}
      </Cell>
      <Cell className="font-mono text-xs text-ink-soft">{scopes.join(" ")}</Cell>
      <Cell className="whitespace-nowrap tabular-nums">{expiresAt.slice(0, 10)}</Cell>
      <Cell className="whitespace-nowrap tabular-nums text-ink-soft">
        {lastUsedAt === null ? "never" : lastUsedAt.slice(0, 16).replace("T", " ")}
      </Cell>
      <Cell className="text-end">
        {state === "live" ? (
          <Button
            size="small"
            tone="quiet"
            disabled={isPending}
            aria-label={`Revoke ${name}`}
            onClick={revoke}
          >
            Revoke
          </Button>
        ) : null}
      </Cell>
    </tr>
  );
}
