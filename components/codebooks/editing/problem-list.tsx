"use client";
import { CircleAlert, Info } from "lucide-react";
import { counted } from "@/lib/domain/wording";
import { useEditor } from "./editor-context";
import type { Finding } from "./findings";
import { placeId, placeName } from "./place";

/** What keeps the codebook from being published, and advice; each leads to its place. */
export function ProblemList({ onOpen }: { onOpen: () => void }) {
  const { findings } = useEditor();
  const problems = findings.filter((finding) => finding.kind === "problem");
  const advice = findings.filter((finding) => finding.kind === "advice");
  return (
    <section aria-label="Problems and advice" className="flex flex-col gap-3">
      <Part
        title={
          problems.length === 0
            ? "No problems: it can be published"
            : `${counted(problems.length, "problem")} to mend before publishing`
        }
        findings={problems}
        onOpen={onOpen}
      />
      {advice.length > 0 ? (
        <Part title={`Advice (${advice.length})`} findings={advice} onOpen={onOpen} />
      ) : null}
    </section>
  );
}

function Part({
  title,
  findings,
  onOpen,
}: {
  title: string;
  findings: readonly Finding[];
  onOpen: () => void;
}) {
  const { codebook, go } = useEditor();
  return (
    <div>
      <h3 className="mb-1 text-[13px] font-semibold">{title}</h3>
      <ul className="flex flex-col gap-1">
        {findings.map((finding) => {
          const Icon = finding.kind === "problem" ? CircleAlert : Info;
          return (
            <li key={`${placeId(finding.place)} ${finding.field} ${finding.message}`}>
              <button
                type="button"
                onClick={() => {
                  go(finding.place);
                  onOpen();
                }}
                className="flex w-full items-start gap-2 rounded-md px-1.5 py-1 text-left text-[13px] hover:bg-sunken"
              >
                <Icon
                  aria-hidden
                  size={14}
                  className={
                    finding.kind === "problem"
                      ? "mt-0.5 shrink-0 text-bad"
                      : "mt-0.5 shrink-0 text-ink-faint"
                  }
                />
                <span>
                  <span className="font-medium">{placeName(codebook, finding.place)}.</span>{" "}
                  {finding.message}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
