import { ImportPanel } from "@/components/imports/import-panel";
import { PageHeader } from "@/components/ui/page";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import { FORMATS } from "@/lib/domain/formats/catalogue";
import { counted } from "@/lib/domain/wording";
import { unwrap } from "@/lib/server/unwrap";
import { openCodebook } from "@/lib/services/codebooks";
import { type ImportView, listImportRows, openImport } from "@/lib/services/imports";
import { listMembers } from "@/lib/services/members";

export const metadata = { title: "Import" };

type Props = { params: Promise<{ projectId: string; importId: string }> };

const SHOWN_ROWS = 100;

export default async function ImportPage({ params }: Props) {
  const { projectId, importId } = await params;
  const view = unwrap(await openImport({ projectId, importId }));
  const rows = unwrap(await listImportRows({ projectId, importId, limit: SHOWN_ROWS }));
  const hasAnnotations = view.found.labels.length > 0 || view.found.authors.length > 0;
  return (
    <main>
      <PageHeader title={TITLES[view.state]}>{filesOf(view)}</PageHeader>
      <ImportPanel
        projectId={projectId}
        view={view}
        rows={rows}
        targets={hasAnnotations ? await targetsOf(projectId) : []}
        people={hasAnnotations ? await peopleOf(projectId) : []}
        formats={FORMATS.filter(({ read }) => read !== null).map(({ name, title }) => ({
          name,
          title,
        }))}
      />
    </main>
  );
}

const TITLES: Record<ImportView["state"], string> = {
  open: "An import that was not read",
  reading: "Reading your files",
  ready: "What your files hold",
  storing: "Storing your articles",
  done: "Import done",
  cancelled: "Import cancelled",
  failed: "The import stopped",
};

function filesOf({ files, hiddenFiles }: ImportView): string {
  const [first, second, ...others] = files;
  if (first === undefined) return "No file arrived.";
  if (second === undefined) return first.name;
  const more = others.length + hiddenFiles;
  return more === 0
    ? `${first.name} and ${second.name}`
    : `${first.name}, ${second.name} and ${counted(more, "more file")}`;
}

async function targetsOf(projectId: string) {
  const { codebook } = unwrap(await openCodebook({ projectId }));
  return codebook.layers.flatMap((layer) =>
    selectableLabels(layer).map((label) => ({
      level: layer.level,
      layer: layer.key,
      layerName: layer.name,
      label: label.key,
      labelName: label.name,
    })),
  );
}

async function peopleOf(projectId: string) {
  const members = unwrap(await listMembers({ projectId }));
  return members
    .filter(({ canAnnotate }) => canAnnotate)
    .map(({ userId, name }) => ({ userId, name }));
}
