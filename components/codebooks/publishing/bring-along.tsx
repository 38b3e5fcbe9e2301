"use client";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { applyMigration } from "@/lib/actions/codebooks";
import type { Publication } from "@/lib/services/codebook-publishing";
import { TouchTable } from "./touch-table";

/** Brings submitted work to the version in force after all, by its rules; it can be taken back. */
export function BringAlong({
  projectId,
  version,
  touched,
}: {
  projectId: string;
  version: number;
  touched: Publication["touched"];
}) {
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-prose text-sm text-ink-soft">
        These annotations are still under an earlier version. They can follow the rules of version{" "}
        {version}, and be taken back to what they were.
      </p>
      <TouchTable touched={touched} />
      <div>
        <Button
          onClick={() =>
            void act(() => applyMigration({ projectId, version, scope: "all" }), {
              message: `They follow the rules of version ${version}.`,
            })
          }
        >
          Bring them to version {version}
        </Button>
      </div>
    </div>
  );
}
