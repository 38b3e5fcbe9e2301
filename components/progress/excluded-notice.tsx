import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { counted } from "@/lib/domain/wording";

/** Says beside numbers whom and what they do not count. */
export function ExcludedNotice({
  projectId,
  excluded,
}: {
  projectId: string;
  excluded: { annotators: number; documents: number };
}) {
  const { annotators, documents } = excluded;
  if (annotators + documents === 0) return null;
  const parts = [
    ...(annotators > 0 ? [counted(annotators, "annotator")] : []),
    ...(documents > 0 ? [counted(documents, "document")] : []),
  ];
  return (
    <Notice className="mb-5">
      Figures of quality and agreement here do not count {parts.join(" and ")}, left out by a lead.{" "}
      <Link className="underline" href={`/projects/${projectId}/progress/exclusions`}>
        See whom, and why
      </Link>
      .
    </Notice>
  );
}
