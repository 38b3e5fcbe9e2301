import clsx from "clsx";
import Link from "next/link";
import { Swatch } from "@/components/ui/swatch";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { PersonQuality, Quality } from "@/lib/services/quality";
import { behindHref, percent } from "./words";

/** From this difference of shares on, a cell is set off. */
const FAR = 0.15;

/** How each person's marks spread over labels; what is far from the others' share is set off. */
export function LabelShareTable({
  projectId,
  roundId,
  quality,
}: {
  projectId: string;
  roundId: string | null;
  quality: Quality;
}) {
  const { people, labels } = quality;
  const rows = rowsOf(quality);
  return (
    <Table
      label="Labels by person"
      head={
        <>
          <HeadCell>Label</HeadCell>
          {people.map(({ annotatorId, name }) => (
            <HeadCell key={annotatorId} className="text-right">
              <bdi>{name}</bdi>
            </HeadCell>
          ))}
        </>
      }
    >
      {rows.map((key) => {
        const look = labels[key]?.look;
        return (
          <tr key={key}>
            <th scope="row" className="min-w-40 px-3 py-1.5 text-left font-normal">
              <span className="flex items-center gap-2">
                {look ? (
                  <Swatch colour={look.colour} code={look.code} className="shrink-0" />
                ) : null}
                {labels[key]?.name ?? key}
              </span>
            </th>
            {people.map((person) => (
              <ShareCell
                key={person.annotatorId}
                person={person}
                label={key}
                href={behindHref(projectId, {
                  roundId,
                  annotatorId: person.annotatorId,
                  label: key,
                })}
              />
            ))}
          </tr>
        );
      })}
      <tr className="bg-sunken">
        <th scope="row" className="px-3 py-1.5 text-left font-medium">
          Distance from the others
        </th>
        {people.map(({ annotatorId, distance }) => (
          <Cell key={annotatorId} className="text-right tabular-nums">
            {distance === null ? "–" : distance.toFixed(2)}
          </Cell>
        ))}
      </tr>
    </Table>
  );
}

function ShareCell({
  person,
  label,
  href,
}: {
  person: PersonQuality;
  label: string;
  href: string;
}) {
  const { count, share, othersShare } = person.labels.find((each) => each.label === label) ?? NONE;
  const difference = othersShare === null || person.marks === 0 ? 0 : share - othersShare;
  const isFar = Math.abs(difference) >= FAR;
  return (
    <Cell className={clsx("whitespace-nowrap text-right tabular-nums", isFar && "bg-warn-soft")}>
      {count === 0 ? (
        <span className="text-ink-faint">0</span>
      ) : (
        <Link href={href} className="underline decoration-line-strong underline-offset-2">
          {count}
        </Link>
      )}{" "}
      <span className="text-[13px] text-ink-soft">{person.marks === 0 ? "" : percent(share)}</span>
      {isFar ? <FarSign isAbove={difference > 0} othersShare={othersShare ?? 0} /> : null}
    </Cell>
  );
}

const NONE = { count: 0, share: 0, othersShare: null };

function FarSign({ isAbove, othersShare }: { isAbove: boolean; othersShare: number }) {
  return (
    <>
      <span aria-hidden className="text-[13px] text-ink-soft">
        {isAbove ? " ▲" : " ▼"}
      </span>
      <span className="sr-only">
        {`, far ${isAbove ? "above" : "below"} the others’ ${percent(othersShare)}`}
      </span>
    </>
  );
}

/** Labels that anybody used: as the codebook lists them, then others. */
function rowsOf({ people, labels }: Quality): string[] {
  const used = new Set(
    people.flatMap((person) =>
      person.labels.filter(({ count }) => count > 0).map(({ label }) => label),
    ),
  );
  const known = Object.keys(labels).filter((key) => used.has(key));
  return [...known, ...[...used].filter((key) => labels[key] === undefined)];
}
