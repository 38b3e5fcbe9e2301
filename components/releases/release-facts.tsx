import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { ReleaseView } from "@/lib/services/releases";
import { formatBytes, SPLIT_WORDS } from "./words";

/** What a ready release holds, by number. */
export function ReleaseNumbers({ release }: { release: ReleaseView }) {
  const { manifest } = release;
  if (manifest === null) return null;
  const { counts, annotators } = manifest;
  const numbers: [string, number][] = [
    ["Documents", counts.documents],
    ["Annotators", annotators],
    ["Submissions", counts.submissions],
    ["Spans", counts.spans],
    ["Relations", counts.relations],
    ["Document and sentence labels", counts.unitLabels],
    ["Gold annotations", counts.goldAnnotations],
  ];
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {numbers
        .filter(([name, count]) => count > 0 || name !== "Relations")
        .map(([name, count]) => (
          <div key={name}>
            <dt className="text-[13px] text-ink-soft">{name}</dt>
            <dd className="text-lg font-semibold tabular-nums">{count.toLocaleString("en")}</dd>
          </div>
        ))}
    </dl>
  );
}

/** What was chosen for it. */
export function ReleaseChoices({ release }: { release: ReleaseView }) {
  const { settings, sha256 } = release;
  const rows: [string, string][] = [
    ["Texts", settings.text === "full" ? "in the release" : "left out"],
    ["Licence of the annotations", settings.annotationLicence],
    ["Terms of the texts", settings.textLicence],
    ["Splits", SPLIT_WORDS[settings.split.by]],
    ["Free-text answers", settings.freeText === "keep" ? "in the release" : "left out"],
    ["Comments", settings.comments === "keep" ? "in the release" : "left out"],
    ["Background", settings.background === "bands" ? "in bands that five share" : "left out"],
    ...(sha256 === null ? [] : [["SHA-256", sha256] as [string, string]]),
  ];
  return (
    <dl className="grid max-w-3xl gap-x-4 gap-y-1 text-sm sm:grid-cols-[max-content_1fr]">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-soft">{name}</dt>
          <dd className={name === "SHA-256" ? "break-all font-mono text-[13px]" : ""}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Documents, annotations and people in each part. */
export function SplitTable({ release }: { release: ReleaseView }) {
  const splits = release.manifest?.splits ?? [];
  return (
    <Table
      label="Splits"
      head={
        <>
          <HeadCell>Split</HeadCell>
          <HeadCell className="text-right">Documents</HeadCell>
          <HeadCell className="text-right">Annotations</HeadCell>
          <HeadCell className="text-right">Annotators</HeadCell>
          <HeadCell className="text-right">Of them not in train</HeadCell>
        </>
      }
    >
      {splits.map(({ split, documents, annotations, annotators, unseenAnnotators }) => (
        <tr key={split}>
          <Cell>{split}</Cell>
          {[documents, annotations, annotators, unseenAnnotators].map((number, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
            <Cell key={index} className="text-right tabular-nums">
              {number.toLocaleString("en")}
            </Cell>
          ))}
        </tr>
      ))}
    </Table>
  );
}

/** The files of the archive with their hashes. */
export function FileTable({ release }: { release: ReleaseView }) {
  return (
    <details>
      <summary className="cursor-pointer text-sm font-medium">
        {release.manifest?.files.length ?? 0} files with their hashes
      </summary>
      <div className="mt-2">
        <Table
          label="Files"
          head={
            <>
              <HeadCell>File</HeadCell>
              <HeadCell className="text-right">Size</HeadCell>
              <HeadCell>SHA-256</HeadCell>
            </>
          }
        >
          {(release.manifest?.files ?? []).map(({ path, bytes, sha256 }) => (
            <tr key={path}>
              <Cell className="font-mono text-[13px]">{path}</Cell>
              <Cell className="whitespace-nowrap text-right tabular-nums">
                {formatBytes(bytes)}
              </Cell>
              <Cell className="font-mono text-[12px]">{sha256}</Cell>
            </tr>
          ))}
        </Table>
      </div>
    </details>
  );
}
