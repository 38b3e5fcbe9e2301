import Link from "next/link";
import type { ReactNode } from "react";
import { counted } from "@/lib/domain/wording";
import { Notice } from "./notice";

/** Says beside numbers or files whom and what a lead excluded, and what becomes of them here. */
export function ExcludedNotice({
  projectId,
  excluded,
  says = (what) =>
    `Figures of quality and agreement here do not count ${what}, left out by a lead.`,
  mayOpen = true,
  children,
}: {
  projectId: string;
  excluded: { annotators: number; documents: number };
  /** The sentence about “two annotators and one document”. */
  says?: (what: string) => string;
  /** Whether the reader may open the list of exclusions. */
  mayOpen?: boolean;
  /** What else can be done about it. */
  children?: ReactNode;
}) {
  const { annotators, documents } = excluded;
  if (annotators + documents === 0) return null;
  const parts = [
    ...(annotators > 0 ? [counted(annotators, "annotator")] : []),
    ...(documents > 0 ? [counted(documents, "document")] : []),
  ];
  return (
    <Notice className="mb-5">
      {says(parts.join(" and "))}{" "}
      {mayOpen ? (
        <>
          <Link className="underline" href={`/projects/${projectId}/progress/exclusions`}>
            See whom, and why
          </Link>
          .
        </>
      ) : null}
      {children}
    </Notice>
  );
}
