"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Select, TextField } from "@/components/ui/field";
import { Meter } from "@/components/ui/meter";
import { Notice } from "@/components/ui/notice";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { confirmProposals, proposeGold } from "@/lib/actions/adjudication";
import type { Codebook } from "@/lib/domain/codebook/language";
import { counted, shorten } from "@/lib/domain/wording";
import type { Proposals, ProposedDecision } from "@/lib/services/aggregation";

const RULES = [
  ["majority", "Strict majority", "More than half say the same."],
  ["k_of_n", "k of n votes", "At least so many say the same, more than say anything else."],
  [
    "dawid_skene",
    "Dawid and Skene",
    "Learns from all documents which labels each annotator confuses.",
  ],
  ["mace", "MACE", "Learns from all documents how far each annotator can be relied on."],
] as const;
type RuleKind = (typeof RULES)[number][0];

const SECOND = 1_000;

/** Starts aggregation over all documents and shows how far it is. */
export function ProposeForm({ projectId, job }: { projectId: string; job: Proposals["job"] }) {
  const router = useRouter();
  const [kind, setKind] = useState<RuleKind>("majority");
  const [number, setNumber] = useState("2");
  const isRunning = job?.state === "waiting" || job?.state === "running";
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => router.refresh(), 2 * SECOND);
    return () => clearInterval(timer);
  }, [isRunning, router]);
  const start = () => {
    const whole = Math.max(kind === "mace" ? 0 : 1, Math.round(Number(number)) || 0);
    const rule =
      kind === "k_of_n"
        ? { kind, votes: whole }
        : kind === "mace"
          ? { kind, seed: whole }
          : { kind };
    return act(() => proposeGold({ projectId, rule }));
  };
  return (
    <div className="mb-5 rounded-md border border-line bg-surface p-3">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <div className="w-52">
          <Select
            label="Rule"
            value={kind}
            onChange={({ target }) =>
              setKind(RULES.find(([key]) => key === target.value)?.[0] ?? "majority")
            }
          >
            {RULES.map(([key, name]) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        </div>
        {kind === "k_of_n" || kind === "mace" ? (
          <div className="w-28">
            <TextField
              label={kind === "mace" ? "Seed" : "Votes at least"}
              type="number"
              min={kind === "mace" ? 0 : 1}
              value={number}
              onChange={({ target }) => setNumber(target.value)}
            />
          </div>
        ) : null}
        <Button type="submit" tone="primary" disabled={isRunning}>
          Propose decisions
        </Button>
      </form>
      <p className="mt-2 text-[13px] text-ink-soft">
        {RULES.find(([key]) => key === kind)?.[2]} What people decided stays; earlier proposals make
        room.
      </p>
      <div aria-live="polite">
        {isRunning ? (
          <div className="mt-2 text-[13px]">
            Aggregating…
            <Meter value={job.done} most={job.total ?? 1} label="Aggregation" />
          </div>
        ) : null}
        {job?.state === "failed" ? (
          <Notice tone="bad" className="mt-2">
            {job.problem ?? "The aggregation did not end. Start it again."}
          </Notice>
        ) : null}
      </div>
    </div>
  );
}

/** What is proposed, the least sure first; confirmed here or decided at the desk. */
export function ProposalTable({
  projectId,
  codebook,
  proposals,
}: {
  projectId: string;
  codebook: Codebook;
  proposals: readonly ProposedDecision[];
}) {
  const confirm = (chosen: readonly ProposedDecision[]) => {
    const decisionIds = chosen.map(({ decisionId }) => decisionId);
    return act(() => confirmProposals({ projectId, decisionIds }), {
      message: `${counted(chosen.length, "proposal")} confirmed.`,
    });
  };
  return (
    <>
      <p className="mb-2 flex flex-wrap items-center gap-2 text-[13px] text-ink-soft">
        The least sure come first.
        <Button size="small" className="ml-auto" onClick={() => confirm(proposals)}>
          Confirm {counted(proposals.length, "proposal")}
        </Button>
      </p>
      <Table
        label="Proposals"
        head={
          <>
            <HeadCell className="text-right">Sure</HeadCell>
            <HeadCell>Proposal</HeadCell>
            <HeadCell>What annotators said</HeadCell>
            <HeadCell>Document</HeadCell>
            <HeadCell>
              <span className="sr-only">What to do</span>
            </HeadCell>
          </>
        }
      >
        {proposals.map((proposal) => (
          <tr key={proposal.decisionId}>
            <Cell className="text-right tabular-nums">{percent(proposal.confidence)}</Cell>
            <Cell className="min-w-48">
              {proposal.quote === null ? (
                proposal.kind === "reject" ? (
                  "Not to be marked"
                ) : (
                  "An answer"
                )
              ) : (
                <>
                  <span className="font-serif text-[15px]">“{shorten(proposal.quote, 80)}”</span>
                  <span className="block text-[13px] text-ink-soft">
                    {labelName(codebook, proposal.layer, proposal.label ?? "")}
                  </span>
                </>
              )}
            </Cell>
            <Cell className="min-w-40 text-[13px]">
              {softLabels(proposal, codebook).map(([name, share]) => (
                <span key={name} className="block tabular-nums">
                  {percent(share)} {name}
                </span>
              ))}
            </Cell>
            <Cell className="min-w-40">
              <Link
                href={`/projects/${projectId}/adjudication/${proposal.adjudicationId}?item=${encodeURIComponent(proposal.itemKey)}`}
                className="text-accent underline underline-offset-2"
              >
                <bdi>{shorten(proposal.title, 60)}</bdi>
              </Link>
            </Cell>
            <Cell className="text-right">
              <Button size="small" onClick={() => confirm([proposal])}>
                Confirm
                <span className="sr-only"> {proposal.quote ?? proposal.title}</span>
              </Button>
            </Cell>
          </tr>
        ))}
      </Table>
    </>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Labels in words, the likeliest first; what is below half a per cent is left out. */
function softLabels({ distribution, layer }: ProposedDecision, codebook: Codebook) {
  return Object.entries(distribution)
    .filter(([, share]) => share >= 0.005)
    .sort(([, a], [, b]) => b - a)
    .map(([key, share]): [string, number] => [answerWords(codebook, layer, key), share]);
}

/** A label, or for a unit all that was answered together: `label=value answers | …`. */
function answerWords(codebook: Codebook, layer: string | null, key: string): string {
  if (key === "") return "nothing";
  if (!key.includes("=")) return labelName(codebook, layer, key);
  return key
    .split(" | ")
    .map((part) => {
      const [label = "", rest = ""] = part.split("=", 2);
      const value = rest.split(" ")[0] ?? "";
      const name = labelName(codebook, layer, label);
      return value === "" ? name : `${name}: ${value}`;
    })
    .join(", ");
}

function labelName({ layers }: Codebook, layer: string | null, label: string): string {
  const wanted = layer === null ? layers : layers.filter(({ key }) => key === layer);
  return wanted.flatMap(({ labels }) => labels).find(({ key }) => key === label)?.name ?? label;
}
