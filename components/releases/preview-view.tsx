import Link from "next/link";
import type { ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { counted } from "@/lib/domain/wording";
import type { ReleasePreview } from "@/lib/services/release-preview";

const FOUND = {
  email: "an e-mail address",
  member_email: "the e-mail address of a member",
  member_name: "the name of a member",
} as const;

/** What a release would hold and what would be missing. */
export function PreviewView({
  projectId,
  preview,
}: {
  projectId: string;
  preview: ReleasePreview;
}) {
  const { counts, missing, splits, versions } = preview;
  return (
    <>
      <Section title="What will be in it">
        <dl className="flex flex-wrap gap-x-8 gap-y-2">
          <Count name="Documents" count={counts.documents} />
          <Count name="Annotators" count={counts.annotators} />
          <Count name="Submissions" count={counts.submissions} />
          <Count name="Spans" count={counts.spans} />
          {counts.relations > 0 ? <Count name="Relations" count={counts.relations} /> : null}
          <Count name="Document and sentence labels" count={counts.unitLabels} />
          <Count name="Gold annotations" count={counts.goldAnnotations} />
        </dl>
        {versions.length > 1 ? (
          <p className="mt-2 text-sm text-ink-soft">
            Under versions {versions.join(", ")} of the codebook; each row says which.
          </p>
        ) : null}
        <Background background={preview.background} />
        {counts.annotators > 0 && counts.annotators < 5 ? (
          <Notice tone="warn" className="mt-3">
            Fewer than five annotators: whoever knows the team can guess who is who, in spite of
            pseudonyms.
          </Notice>
        ) : null}
      </Section>
      <Missing projectId={projectId} missing={missing} />
      {splits.length > 0 ? (
        <Section title="Splits">
          <Table
            label="Splits"
            head={
              <>
                <HeadCell>Split</HeadCell>
                <HeadCell className="text-right">Documents</HeadCell>
                <HeadCell className="text-right">Groups that stay together</HeadCell>
              </>
            }
          >
            {splits.map(({ split, documents, groups }) => (
              <tr key={split}>
                <Cell>{split}</Cell>
                <Cell className="text-right tabular-nums">{documents}</Cell>
                <Cell className="text-right tabular-nums">{groups}</Cell>
              </tr>
            ))}
          </Table>
        </Section>
      ) : null}
      <FreeText projectId={projectId} freeText={preview.freeText} />
    </>
  );
}

function Background({ background }: Pick<ReleasePreview, "background">) {
  if (background === null) return null;
  const { answered, told, questions, left } = background;
  if (told === 0) {
    return (
      <Notice tone="warn" className="mt-3">
        {counted(answered, "annotator")} consented and answered questions about themselves: too few
        share an answer, so none is told.
      </Notice>
    );
  }
  return (
    <p className="mt-2 max-w-prose text-sm text-ink-soft">
      Background of {told} of {counted(answered, "annotator")} who consented: {questions.join(" ")}
      {left.length > 0 ? ` Left out, as too few would share it: ${left.join(" ")}` : ""}
    </p>
  );
}

function Count({ name, count }: { name: string; count: number }) {
  return (
    <div>
      <dt className="text-[13px] text-ink-soft">{name}</dt>
      <dd className="text-lg font-semibold tabular-nums">{count.toLocaleString("en")}</dd>
    </div>
  );
}

function Missing({
  projectId,
  missing,
}: {
  projectId: string;
  missing: ReleasePreview["missing"];
}) {
  const { notSubmitted, skipped, undecided, notAdjudicated, withoutLicence, leftOut } = missing;
  const lines: [string, ReactNode][] = [];
  if (leftOut.length > 0) {
    lines.push([
      "own",
      <>
        {counted(leftOut.length, "document")} that you have yet to annotate: nobody else’s work on
        them is released by you. <Names projectId={projectId} documents={leftOut} />
      </>,
    ]);
  }
  if (notSubmitted > 0) {
    lines.push(["open", `${counted(notSubmitted, "assignment")} not submitted yet.`]);
  }
  if (skipped > 0) lines.push(["skipped", `${counted(skipped, "assignment")} skipped.`]);
  if (undecided.length > 0) {
    lines.push([
      "undecided",
      <>
        {counted(undecided.length, "document")} with adjudication that is not finished.{" "}
        <Names projectId={projectId} documents={undecided} />
      </>,
    ]);
  }
  if (notAdjudicated > 0) {
    lines.push([
      "gold",
      `${counted(notAdjudicated, "document")} with several submissions and no adjudication.`,
    ]);
  }
  if (withoutLicence.length > 0) {
    lines.push([
      "licence",
      <>
        {counted(withoutLicence.length, "document")} without a licence noted. Consider a release
        without texts. <Names projectId={projectId} documents={withoutLicence} />
      </>,
    ]);
  }
  return (
    <Section title="What is missing">
      {lines.length === 0 ? (
        <p className="text-sm">Nothing: all work is submitted and every document has a licence.</p>
      ) : (
        <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5 text-sm">
          {lines.map(([key, line]) => (
            <li key={key}>{line}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const SHOWN = 5;

function Names({
  projectId,
  documents,
}: {
  projectId: string;
  documents: { documentId: string; title: string }[];
}) {
  return (
    <span className="text-ink-soft">
      {documents.slice(0, SHOWN).map(({ documentId, title }, index) => (
        <span key={documentId}>
          {index > 0 ? ", " : ""}
          <Link href={`/projects/${projectId}/documents/${documentId}`} className="underline">
            <bdi>{title}</bdi>
          </Link>
        </span>
      ))}
      {documents.length > SHOWN ? ` and ${documents.length - SHOWN} more` : ""}
    </span>
  );
}

function FreeText({
  projectId,
  freeText,
}: {
  projectId: string;
  freeText: ReleasePreview["freeText"];
}) {
  if (freeText.findings.length === 0) {
    return freeText.isWhole ? null : (
      <Notice tone="warn" className="mb-8">
        Only the first {freeText.scanned.toLocaleString("en")} free texts were looked through for
        names.
      </Notice>
    );
  }
  return (
    <Section title="Names in free text">
      <Notice tone="warn" className="mb-2">
        Annotators wrote names or addresses into free text. Mend them, leave free text and comments
        out, or confirm below that they may be released.
      </Notice>
      <ul className="list-disc pl-5 text-sm">
        {freeText.findings.map(({ documentId, title, place, found }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is shown as it came
          <li key={index}>
            <Link href={`/projects/${projectId}/documents/${documentId}`} className="underline">
              <bdi>{title}</bdi>
            </Link>
            , {place}: {found.map((each) => FOUND[each]).join(" and ")}
          </li>
        ))}
      </ul>
    </Section>
  );
}
