import Link from "next/link";
import { Section } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { counted } from "@/lib/domain/wording";
import type { ListedImport } from "@/lib/services/imports";

const STATES: Record<ListedImport["state"], string> = {
  open: "not read",
  reading: "being read",
  ready: "waits for you",
  storing: "being stored",
  done: "done",
  cancelled: "cancelled",
  failed: "stopped",
};

/** The last imports of a project, to go back to. */
export function ImportList({ projectId, imports }: { projectId: string; imports: ListedImport[] }) {
  if (imports.length === 0) return null;
  return (
    <Section title="Earlier imports" className="mt-8">
      <Table
        label="Earlier imports"
        head={
          <>
            <HeadCell>Files</HeadCell>
            <HeadCell>State</HeadCell>
            <HeadCell>Stored</HeadCell>
            <HeadCell>Refused</HeadCell>
            <HeadCell>Begun (UTC)</HeadCell>
          </>
        }
      >
        {imports.map((each) => (
          <tr key={each.importId}>
            <Cell className="max-w-64">
              <Link
                href={`/projects/${projectId}/documents/new/${each.importId}`}
                className="block truncate font-medium underline"
              >
                <bdi>{each.name}</bdi>
                {each.files > 1 ? ` and ${counted(each.files - 1, "more file")}` : ""}
              </Link>
            </Cell>
            <Cell className="whitespace-nowrap">{STATES[each.state]}</Cell>
            <Cell>{each.stored.toLocaleString("en")}</Cell>
            <Cell>{each.refused.toLocaleString("en")}</Cell>
            <Cell className="whitespace-nowrap text-ink-soft">{each.startedOn}</Cell>
          </tr>
        ))}
      </Table>
    </Section>
  );
}
