import { Download } from "lucide-react";
import { Card } from "@/components/ui/page";

/** The files of a dataset, each with what it is good for. */
export function DownloadList({
  projectId,
  exclusions,
}: {
  projectId: string;
  exclusions: "left_out" | "included";
}) {
  const base = `/api/v1/projects/${projectId}/dataset`;
  const more = exclusions === "included" ? "&exclusions=included" : "";
  return (
    <div className="grid gap-3 md:grid-cols-2">
      <Card>
        <DownloadLink href={`${base}?format=jsonl${more}`}>Download JSONL</DownloadLink>
        <p className="mt-2 text-sm text-ink-soft">
          Everything, exactly: codebook, documents with their text, who submitted what, and every
          annotation. One record a line. Take this one for analysis and for keeping.
        </p>
      </Card>
      <Card>
        <DownloadLink href={`${base}?format=csv${more}`}>Download CSV</DownloadLink>
        <p className="mt-2 text-sm text-ink-soft">
          One row per annotation, safe to open in a spreadsheet: a cell that could run as a formula
          begins with an apostrophe. For programs there is a{" "}
          <a
            href={`${base}?format=csv&cells=raw${more}`}
            download
            className="text-accent underline"
          >
            raw CSV
          </a>{" "}
          with every cell as it is. CSV cannot say that an annotator found nothing; JSONL does.
        </p>
      </Card>
    </div>
  );
}

/** A plain link: a file must not be fetched before somebody asks for it. */
function DownloadLink({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      download
      className="inline-flex h-9 items-center gap-1.5 rounded-md border border-accent bg-accent px-3 text-sm font-medium text-accent-ink hover:opacity-90"
    >
      <Download aria-hidden size={15} />
      {children}
    </a>
  );
}
