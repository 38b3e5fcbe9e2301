"use client";
import Link from "next/link";
import { Card } from "@/components/ui/page";
import { counted } from "@/lib/domain/wording";
import type { DuplicateGroup } from "@/lib/services/duplicates";
import { ReprintRow, useReprints } from "./reprint-card";

/** Groups of reprints: which document is annotated, and which it stands for. */
export function ReprintGroups({
  projectId,
  groups,
}: {
  projectId: string;
  groups: DuplicateGroup[];
}) {
  const acts = useReprints(projectId);
  return (
    <ul className="flex flex-col gap-3">
      {groups.map(({ chosen, linked }) => (
        <li key={chosen.documentId}>
          <Card>
            <h2 className="font-semibold">
              <Link
                href={`/projects/${projectId}/documents/${chosen.documentId}`}
                className="hover:underline"
              >
                <bdi>{chosen.title}</bdi>
              </Link>
            </h2>
            <p className="mb-2 text-[13px] text-ink-soft">
              {[
                chosen.outlet,
                chosen.publishedOn,
                `annotated for ${counted(linked.length, "reprint")}`,
              ]
                .filter((part) => part !== null)
                .join(" · ")}
            </p>
            <ul className="flex flex-col gap-2 border-t border-line pt-2 text-sm">
              {linked.map((reprint) => (
                <ReprintRow key={reprint.documentId} {...{ projectId, reprint, acts }} />
              ))}
            </ul>
          </Card>
        </li>
      ))}
    </ul>
  );
}
