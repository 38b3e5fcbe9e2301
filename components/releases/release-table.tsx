import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { counted } from "@/lib/domain/wording";
import type { ReleaseView } from "@/lib/services/releases";
import { formatBytes, STATE_WORDS } from "./words";

/** The releases of a project with what each holds and its hash. */
export function ReleaseTable({
  projectId,
  releases,
}: {
  projectId: string;
  releases: ReleaseView[];
}) {
  return (
    <Table
      label="Releases"
      head={
        <>
          <HeadCell>Release</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell className="text-right">Documents</HeadCell>
          <HeadCell className="text-right">Annotations</HeadCell>
          <HeadCell className="text-right">Size</HeadCell>
          <HeadCell>SHA-256</HeadCell>
        </>
      }
    >
      {releases.map((release) => (
        <ReleaseLine key={release.releaseId} projectId={projectId} release={release} />
      ))}
    </Table>
  );
}

function ReleaseLine({ projectId, release }: { projectId: string; release: ReleaseView }) {
  const { releaseId, version, name, state, manifest, sha256, settings, createdAt } = release;
  const { word, tone } = STATE_WORDS[state];
  const counts = manifest?.counts;
  return (
    <tr>
      <Cell className="min-w-44">
        <Link
          href={`/projects/${projectId}/releases/${releaseId}`}
          className="font-medium hover:underline"
        >
          Release {version}
          {name === "" ? "" : ", "}
          <bdi>{name}</bdi>
        </Link>
        <div className="text-[13px] text-ink-soft">
          {createdAt.toISOString().slice(0, 10)}
          {settings.text === "none" ? ", without texts" : ""}
        </div>
      </Cell>
      <Cell>
        <Badge tone={tone}>{word}</Badge>
      </Cell>
      <Cell className="text-right tabular-nums">{counts?.documents.toLocaleString("en")}</Cell>
      <Cell className="text-right tabular-nums">
        {counts === undefined
          ? null
          : (counts.spans + counts.relations + counts.unitLabels).toLocaleString("en")}
      </Cell>
      <Cell className="whitespace-nowrap text-right tabular-nums">
        {manifest === null ? null : formatBytes(manifest.bytes)}
      </Cell>
      <Cell>
        {sha256 === null ? null : (
          <abbr
            title={`${sha256}, of ${counted(manifest?.files.length ?? 0, "file")}`}
            className="font-mono text-[13px] no-underline"
          >
            {sha256.slice(0, 12)}…
          </abbr>
        )}
      </Cell>
    </tr>
  );
}
