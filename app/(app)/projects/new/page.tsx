import { NewProjectForm } from "@/components/projects/new-project-form";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listTemplates } from "@/lib/services/codebooks";

export const metadata = { title: "New project" };

export default async function NewProjectPage() {
  const templates = unwrap(await listTemplates({}));
  return (
    <main className="mx-auto max-w-4xl">
      <PageHeader title="New project">
        One study: articles, people who annotate them, and a codebook. You lead it.
      </PageHeader>
      <NewProjectForm templates={templates} />
    </main>
  );
}
