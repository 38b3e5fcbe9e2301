import { Download } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { ReleaseFormatView } from "@/lib/services/releases";

/** A release in the formats of other programs, with what each could not hold. */
export function FormatList({
  base,
  formats,
  problem,
}: {
  /** Address of the release in the API. */
  base: string;
  formats: ReleaseFormatView[];
  problem: string | null;
}) {
  if (problem !== null) return <Notice>{problem}</Notice>;
  return (
    <Table
      label="Formats"
      head={
        <>
          <HeadCell>Format</HeadCell>
          <HeadCell>What it is</HeadCell>
          <HeadCell>Left out or changed</HeadCell>
        </>
      }
    >
      {formats.map(({ format, title, about, isReady, losses }) => (
        <tr key={format}>
          <Cell className="whitespace-nowrap">
            <a
              href={`${base}/formats/${format}`}
              className="inline-flex items-center gap-1.5 text-accent underline"
            >
              <Download aria-hidden size={14} />
              {title}
            </a>
          </Cell>
          <Cell className="min-w-60 text-ink-soft">{about}</Cell>
          <Cell className="min-w-60 text-[13px]">
            {!isReady ? (
              <span className="text-ink-soft">known once it was written</span>
            ) : losses.length === 0 ? (
              "nothing"
            ) : (
              <ul>
                {losses.map(({ what, message, count }) => (
                  <li key={what}>
                    {count.toLocaleString("en")} {message}
                  </li>
                ))}
              </ul>
            )}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
