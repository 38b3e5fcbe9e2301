"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button, ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { publishDraft } from "@/lib/actions/codebooks";
import { counted } from "@/lib/domain/wording";
import type { Publication } from "@/lib/services/codebook-publishing";
import { Choices } from "../forms/form-parts";
import { ChangeList } from "../versions/change-list";
import { TouchTable } from "./touch-table";

/** The last look before a version is published: what is new, and what that means for what is annotated. */
export function PublishDesk({
  projectId,
  publication,
  before,
}: {
  projectId: string;
  publication: Publication;
  /** The version in force. */
  before: number | null;
}) {
  const router = useRouter();
  const [work, setWork] = useState<"stays" | "moves">("stays");
  const [isBusy, setBusy] = useState(false);
  const { version, revision, changes, problems, touched, submittedWork } = publication;
  const base = `/projects/${projectId}/codebook`;
  const hasRules = touched.some(({ rule }) => rule !== null);
  const publish = async () => {
    setBusy(true);
    const done = await act(() =>
      publishDraft({ projectId, baseRevision: revision, submittedToo: work === "moves" }),
    );
    setBusy(false);
    if (done === null) return;
    router.push(before === null ? base : `${base}/versions?from=${before}&to=${done.version}`);
  };
  return (
    <>
      <Problems base={base} problems={problems} />
      {before === null ? null : (
        <Section title={`What version ${version} says otherwise than version ${before}`}>
          <ChangeList changes={changes} />
        </Section>
      )}
      <Section title="What it means for annotations">
        <Consequences publication={publication} />
      </Section>
      {hasRules && submittedWork > 0 ? (
        <Section title="Submitted work">
          <Choices
            legend={`${counted(submittedWork, "document")} handed in under an earlier version`}
            value={work}
            onChange={setWork}
            options={[
              {
                value: "stays",
                name: "Stays as it was handed in, under its version",
                says: "Agreement and exports go on speaking of what people said then. It can be changed later.",
              },
              {
                value: "moves",
                name: "Follows the rules above too",
                says: "It is kept as a migration with every annotation's state before, and can be taken back.",
              },
            ]}
          />
        </Section>
      ) : null}
      <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-canvas px-4 py-3">
        <ButtonLink tone="quiet" href={`${base}/draft`}>
          Back to the draft
        </ButtonLink>
        <Button tone="primary" disabled={isBusy || problems.length > 0} onClick={publish}>
          {isBusy ? "Publishing…" : `Publish version ${version}`}
        </Button>
      </div>
    </>
  );
}

function Problems({ base, problems }: { base: string; problems: Publication["problems"] }) {
  if (problems.length === 0) return null;
  return (
    <Notice tone="bad" className="mb-6">
      {counted(problems.length, "problem")} to mend in{" "}
      <Link className="underline" href={`${base}/draft`}>
        the draft
      </Link>{" "}
      first:
      <ul className="mt-1 list-disc ps-5">
        {problems.map(({ path, place, message }) => (
          <li key={`${path.join(".")} ${message}`}>
            {place}: {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Consequences({ publication }: { publication: Publication }) {
  const { version, touched, kept, openWork, submittedWork, rounds } = publication;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <ul className="flex list-disc flex-col gap-1 ps-5">
        <li>{openWords(openWork, version)}</li>
        <li>{submittedWords(submittedWork)}</li>
        {rounds.length > 0 ? <li>Rounds that go on by it: {rounds.join(", ")}.</li> : null}
      </ul>
      {kept.length > 0 ? (
        <Notice>
          The draft leaves out what is in use; it is archived instead:{" "}
          {kept.map(({ name }) => `“${name}”`).join(", ")}. What carries them keeps them.
        </Notice>
      ) : null}
      {touched.length > 0 ? <TouchTable touched={touched} /> : null}
    </div>
  );
}

function openWords({ untouched, begun }: Publication["openWork"], version: number): string {
  if (untouched + begun === 0) return "No document is open with an annotator.";
  const open = `${counted(untouched + begun, "document")} open with annotators go on under version ${version}`;
  return begun === 0
    ? `${open}; none of them is begun.`
    : `${open}; what is marked in the ${begun} begun is kept.`;
}

function submittedWords(submitted: number): string {
  if (submitted === 0) return "Nothing was submitted yet.";
  return submitted === 1
    ? "One submitted document keeps the version that it was made under."
    : `${submitted.toLocaleString("en")} submitted documents keep the version that they were made under.`;
}
