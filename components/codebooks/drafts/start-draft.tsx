"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { createDraft } from "@/lib/actions/codebooks";
import type { Template } from "@/lib/services/codebooks";
import { TemplateGallery } from "../templates/template-gallery";
import { FileImport } from "./file-import";

type From = Parameters<typeof createDraft>[0]["from"];

/** How to begin the next version: from the present one, a template, or a file. */
export function StartDraft({
  projectId,
  published,
  templates,
}: {
  projectId: string;
  /** Number of the version in force. */
  published: number | null;
  templates: readonly Template[];
}) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const start = async (from: From) => {
    setBusy(true);
    const made = await act(() => createDraft({ projectId, from }));
    setBusy(false);
    if (made !== null) router.push(`/projects/${projectId}/codebook/draft`);
  };
  return (
    <div className="flex flex-col gap-8">
      {published === null ? null : (
        <section>
          <h2 className="text-[15px] font-semibold">Go on from version {published}</h2>
          <p className="mb-2 max-w-prose text-sm text-ink-soft">
            Sharpen definitions, rename, add or archive labels. Annotators work by version{" "}
            {published} until you publish, and what they annotated is kept.
          </p>
          <Button
            tone="primary"
            disabled={isBusy}
            onClick={() => void start({ kind: "published" })}
          >
            Draft version {published + 1}
          </Button>
        </section>
      )}
      <section>
        <h2 className="mb-2 text-[15px] font-semibold">From a JSON file</h2>
        <FileImport
          isBusy={isBusy}
          onTake={(text, fileName) =>
            void start({ kind: "file", text, ...(fileName ? { fileName } : {}) })
          }
        />
      </section>
      <section>
        <h2 className="text-[15px] font-semibold">From a template</h2>
        <p className="mb-3 max-w-prose text-sm text-ink-soft">
          Published schemes with definitions and examples written for Framemark. Take one as it is,
          or as a beginning: layers of several can be put together in the editor.
        </p>
        <TemplateGallery
          templates={templates}
          act="Start from it"
          isBusy={isBusy}
          onTake={(key) => void start({ kind: "template", key })}
        />
      </section>
    </div>
  );
}
