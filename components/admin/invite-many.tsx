"use client";
import { type ChangeEvent, useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Select, TextArea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { inviteMany, previewInvites } from "@/lib/actions/users";
import { toSafeCsv } from "@/lib/domain/safe-csv";
import type { InvitedPerson, PreviewedPerson } from "@/lib/services/bulk-invites";

type Role = "annotator" | "adjudicator" | "viewer";
type Asked = { list: string; projectId?: string; role: Role };
type Preview = { people: PreviewedPerson[]; isMailed: boolean; asked: Asked };

/** A list of people: written or chosen, looked at, and then invited. */
export function InviteMany({
  projects,
}: {
  projects: readonly { projectId: string; name: string }[];
}) {
  const [list, setList] = useState("");
  const [projectId, setProjectId] = useState("");
  const [role, setRole] = useState<Role>("annotator");
  const [preview, setPreview] = useState<Preview | null>(null);
  const [done, setDone] = useState<InvitedPerson[] | null>(null);
  const [isPending, start] = useTransition();

  if (done !== null) return <Outcome people={done} />;

  const asked: Asked = { list, role, ...(projectId !== "" && { projectId }) };
  const look = () =>
    start(async () => {
      const found = await act(() => previewInvites(asked));
      if (found !== null) setPreview({ ...found, asked });
    });
  const invite = (wanted: Asked) =>
    start(async () => {
      const invited = await act(() => inviteMany(wanted));
      if (invited !== null) setDone(invited);
    });
  const edit = (change: () => void) => {
    change();
    setPreview(null);
  };
  return (
    <div className="flex flex-col gap-4">
      <TextArea
        label="People"
        rows={8}
        value={list}
        onChange={(event) => edit(() => setList(event.target.value))}
        placeholder={"email,name\nada@example.org,Ada Roe"}
        className="font-mono text-[13px]"
        spellCheck={false}
      />
      <label className="flex flex-col gap-1 text-[13px] font-medium">
        Or a CSV file
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          className="text-sm font-normal file:mr-3 file:h-8 file:cursor-pointer file:rounded-md file:border file:border-line-strong file:bg-surface file:px-3 file:text-sm file:text-ink hover:file:bg-sunken"
          onChange={(event) => void readFile(event, (text) => edit(() => setList(text)))}
        />
      </label>
      <div className="grid max-w-xl gap-3 sm:grid-cols-2">
        <Select
          label="Let them into"
          value={projectId}
          onChange={(event) => edit(() => setProjectId(event.target.value))}
        >
          <option value="">no project yet</option>
          {projects.map((project) => (
            <option key={project.projectId} value={project.projectId}>
              {project.name}
            </option>
          ))}
        </Select>
        {projectId === "" ? null : (
          <Select
            label="As"
            value={role}
            onChange={(event) => edit(() => setRole(event.target.value as Role))}
          >
            <option>annotator</option>
            <option>adjudicator</option>
            <option>viewer</option>
          </Select>
        )}
      </div>
      {preview === null ? (
        <Button
          tone="primary"
          className="self-start"
          disabled={isPending || list.trim() === ""}
          onClick={look}
        >
          {isPending ? "Looking…" : "Look at the list"}
        </Button>
      ) : (
        <PreviewTable
          preview={preview}
          isPending={isPending}
          onInvite={() => invite(preview.asked)}
        />
      )}
    </div>
  );
}

function PreviewTable({
  preview: { people, isMailed },
  isPending,
  onInvite,
}: {
  preview: Preview;
  isPending: boolean;
  onInvite: () => void;
}) {
  const good = people.filter(({ problem }) => problem === null);
  const fresh = good.filter(({ isKnown }) => !isKnown).length;
  return (
    <>
      <Table
        label="What the list does"
        head={
          <>
            <HeadCell className="text-end">Line</HeadCell>
            <HeadCell>E-mail</HeadCell>
            <HeadCell>Name</HeadCell>
            <HeadCell>What is done</HeadCell>
          </>
        }
      >
        {people.map((person) => (
          <tr key={person.line}>
            <Cell className="text-end tabular-nums text-ink-soft">{person.line}</Cell>
            <Cell className="break-all">{person.email}</Cell>
            <Cell>
              <bdi>{person.name}</bdi>
            </Cell>
            <Cell>{plannedFor(person)}</Cell>
          </tr>
        ))}
      </Table>
      <p className="text-sm text-ink-soft">
        {isMailed
          ? "Each new person is sent a link by mail."
          : "This site sends no mail: you get a file with a link for each new person."}
      </p>
      <Button
        tone="primary"
        className="self-start"
        disabled={isPending || good.length === 0}
        onClick={onInvite}
      >
        {isPending ? "Inviting…" : `Invite ${fresh} new, ${good.length - fresh} known`}
      </Button>
    </>
  );
}

function plannedFor({ problem, isKnown }: PreviewedPerson) {
  if (problem !== null) return <span className="text-bad">Passed over: {problem}</span>;
  return isKnown ? "Has an account" : "New account";
}

const OUTCOMES = {
  invited: "Invited",
  added: "Let into the project",
  known: "There already",
  refused: "Passed over",
} as const;

function Outcome({ people }: { people: readonly InvitedPerson[] }) {
  const links = people.filter(({ link }) => link !== null);
  return (
    <div className="flex flex-col items-start gap-4">
      {links.length > 0 ? (
        <Notice tone="warn">
          <p>
            {links.length} {links.length === 1 ? "link was" : "links were"} not sent. They are shown
            only now: keep the file, and hand each to its person alone.
          </p>
          <Button size="small" className="mt-2" onClick={() => save(links)}>
            Download the links
          </Button>
        </Notice>
      ) : null}
      <Table
        label="What was done"
        className="w-full"
        head={
          <>
            <HeadCell className="text-end">Line</HeadCell>
            <HeadCell>E-mail</HeadCell>
            <HeadCell>Outcome</HeadCell>
          </>
        }
      >
        {people.map(({ line, email, outcome, problem }) => (
          <tr key={line}>
            <Cell className="text-end tabular-nums text-ink-soft">{line}</Cell>
            <Cell className="break-all">{email}</Cell>
            <Cell>
              <Badge tone={outcome === "refused" ? "bad" : "good"}>{OUTCOMES[outcome]}</Badge>{" "}
              {problem === null ? null : (
                <span className="text-[13px] text-ink-soft">{problem}</span>
              )}
            </Cell>
          </tr>
        ))}
      </Table>
    </div>
  );
}

async function readFile(
  event: ChangeEvent<HTMLInputElement>,
  use: (text: string) => void,
): Promise<void> {
  const file = event.target.files?.[0];
  if (file !== undefined) use(await file.text());
}

function save(people: readonly InvitedPerson[]): void {
  const rows = people.map(({ email, link }) => [email, link ?? ""]);
  const file = new Blob([toSafeCsv([["email", "link"], ...rows])], { type: "text/csv" });
  const address = URL.createObjectURL(file);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = "framemark-invitations.csv";
  anchor.click();
  URL.revokeObjectURL(address);
}
