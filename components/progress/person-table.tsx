import clsx from "clsx";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { durationWords } from "@/lib/domain/wording";
import type { PersonProgress } from "@/lib/services/progress";
import type { PersonQuality } from "@/lib/services/quality";
import { ExcludeButton } from "./exclude-button";
import { behindHref, clock, figure, flagWords, likenessWords } from "./words";

const LINK = "underline decoration-line-strong underline-offset-2 hover:decoration-ink";

/** What each person did, how fast, how well, and what to look at. */
export function PersonTable({
  projectId,
  roundId,
  people,
  quality,
  labelName,
}: {
  projectId: string;
  roundId: string | null;
  people: readonly PersonProgress[];
  quality: readonly PersonQuality[];
  labelName: (key: string) => string;
}) {
  const of = new Map(quality.map((each) => [each.annotatorId, each]));
  return (
    <Table
      label="People"
      head={
        <>
          <HeadCell>Annotator</HeadCell>
          <HeadCell className="text-right">Submitted</HeadCell>
          <HeadCell className="text-right">7 days</HeadCell>
          <HeadCell className="text-right">Open</HeadCell>
          <HeadCell className="text-right">Active</HeadCell>
          <HeadCell className="text-right">Per document</HeadCell>
          <HeadCell className="text-right">Per 1,000 words</HeadCell>
          <HeadCell>Gold</HeadCell>
          <HeadCell>Repeats</HeadCell>
          <HeadCell>To look at</HeadCell>
          <HeadCell>
            <span className="sr-only">Act</span>
          </HeadCell>
        </>
      }
    >
      {people.map((person) => (
        <PersonLine
          key={person.annotatorId}
          {...{ projectId, roundId, person, labelName }}
          quality={of.get(person.annotatorId) ?? null}
        />
      ))}
    </Table>
  );
}

function PersonLine({
  projectId,
  roundId,
  person,
  quality,
  labelName,
}: {
  projectId: string;
  roundId: string | null;
  person: PersonProgress;
  quality: PersonQuality | null;
  labelName: (key: string) => string;
}) {
  const { annotatorId, name } = person;
  const href = (filter: Record<string, string>) =>
    behindHref(projectId, { roundId, annotatorId, ...filter });
  const open = person.assigned + person.inProgress;
  const flags = quality?.flags ?? [];
  const hasFlags = flags.length > 0;
  return (
    <tr>
      <th scope="row" className="min-w-36 px-3 py-2 text-left font-medium">
        <Link href={href({})} className="hover:underline">
          <bdi>{name}</bdi>
        </Link>
        <div className="text-[13px] font-normal text-ink-soft">
          {person.isExcluded ? <Badge tone="warn">left out of figures</Badge> : person.pseudonym}
        </div>
      </th>
      <Cell className="text-right tabular-nums">
        <Link href={href({ state: "submitted" })} className={LINK}>
          {person.submitted}
        </Link>
      </Cell>
      <Cell className="text-right tabular-nums">{person.lately}</Cell>
      <Cell className="text-right tabular-nums">{open}</Cell>
      <Cell className="whitespace-nowrap text-right">{durationWords(person.activeSeconds)}</Cell>
      <Cell className="text-right tabular-nums">{clock(person.perDocument)}</Cell>
      <Cell className="text-right tabular-nums">
        <Link href={href({ state: "submitted" })} className={LINK}>
          {clock(person.perThousandWords)}
        </Link>
      </Cell>
      <LikenessCell likeness={quality?.gold ?? null} href={href({ show: "gold_check" })} />
      <LikenessCell likeness={quality?.steadiness ?? null} href={href({ show: "repeats" })} />
      <Cell className={clsx("text-[13px]", hasFlags && "min-w-56")}>
        {!hasFlags ? (
          <span className="text-ink-faint">nothing</span>
        ) : (
          <ul className="flex flex-col gap-1">
            {flags.map((flag) => (
              <li key={flag.kind}>
                <Link href={href(filterOf(flag))} className={LINK}>
                  {flagWords(flag, labelName)}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Cell>
      <Cell className="text-right">
        {person.isExcluded ? null : (
          <ExcludeButton
            projectId={projectId}
            kind="annotator"
            subjectId={annotatorId}
            name={name}
          />
        )}
      </Cell>
    </tr>
  );
}

function LikenessCell({ likeness, href }: { likeness: PersonQuality["gold"]; href: string }) {
  if (likeness === null) return <Cell className="text-ink-faint">–</Cell>;
  return (
    <Cell className="whitespace-nowrap tabular-nums">
      <Link href={href} className={LINK}>
        {likenessWords(likeness)}
      </Link>
      <div className="text-[13px] text-ink-soft">
        {likeness.documents} doc., exact {figure(likeness.exact)}
      </div>
    </Cell>
  );
}

function filterOf(flag: PersonQuality["flags"][number]): Record<string, string> {
  switch (flag.kind) {
    case "fast":
      return { show: "fast" };
    case "one_label":
      return { label: flag.label };
    case "nothing_marked":
      return { show: "nothing_marked" };
    case "drift":
      return { state: "submitted" };
  }
}
