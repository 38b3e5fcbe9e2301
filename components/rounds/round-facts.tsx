import { Card } from "@/components/ui/page";
import { counted } from "@/lib/domain/wording";
import type { OpenRound } from "@/lib/services/rounds";
import { KIND_NAMES, stateOf } from "./words";

/** What a round was planned with, and how far it is, in words. */
export function RoundFacts({ round }: { round: OpenRound }) {
  const { plan } = round.settings;
  const facts: [string, string][] = [
    ["State", stateOf(round, new Date()).word],
    ["Kind", KIND_NAMES[round.kind] ?? round.kind],
    ["Codebook", `version ${round.codebookVersion}`],
    ["Documents", String(round.documents)],
    ["Annotators", String(round.annotators)],
    ["Overlap", overlapOf(plan)],
    [
      "Handed out as",
      plan.handOut === "pull" ? "a queue from which annotators take" : "lists for everybody",
    ],
    ...(plan.batchSize === null
      ? []
      : ([["Batches", batchesOf(plan)]] satisfies [string, string][])),
    ["Submitted", counted(round.submitted, "assignment")],
    ["Under way", counted(round.inProgress, "assignment")],
    ["Not begun", counted(round.assigned, "assignment")],
    ["Skipped", counted(round.skipped, "assignment")],
    ...(plan.handOut === "pull"
      ? ([["Free places", String(round.free)]] satisfies [string, string][])
      : []),
    ["Seed", plan.seed],
  ];
  return (
    <Card className="mb-8">
      <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-2 lg:grid-cols-3">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-3 border-b border-line pb-1">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function batchesOf({ batchSize, batchDays }: OpenRound["settings"]["plan"]): string {
  const size = counted(batchSize ?? 1, "document");
  if (batchDays === null) return size;
  return `${size} every ${batchDays === 1 ? "day" : `${batchDays} days`}`;
}

function overlapOf(plan: OpenRound["settings"]["plan"]): string {
  const several = plan.overlapAnnotators === null ? "all" : String(plan.overlapAnnotators);
  if (plan.overlapShare === 1) return `${several} for each document`;
  const share = Math.round(plan.overlapShare * 100);
  return `${several} for ${share} %, ${plan.perDocument} for the rest`;
}
