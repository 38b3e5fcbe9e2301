import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/notice";
import { Swatch } from "@/components/ui/swatch";
import type { DecisionReason } from "@/lib/domain/adjudication/decide";
import type { OwnVerdict } from "@/lib/domain/adjudication/own-decisions";
import type { Codebook } from "@/lib/domain/codebook/language";
import { labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { shorten } from "@/lib/domain/wording";
import type { ShownDecision } from "@/lib/services/own-decisions";

const VERDICTS: Record<OwnVerdict, { name: string; tone: "good" | "warn" | "bad" | "accent" }> = {
  kept: { name: "as you said", tone: "good" },
  changed: { name: "decided otherwise", tone: "warn" },
  rejected: { name: "not taken", tone: "bad" },
  contested: { name: "contested: your view is kept", tone: "accent" },
  added: { name: "added", tone: "warn" },
};

const REASONS: Record<DecisionReason, string> = {
  guideline_gap: "The guideline does not say this well enough.",
  slip: "Probably a slip.",
  boundary: "Only the boundaries differ.",
  ambiguous: "The words can truly be read both ways.",
  other: "",
};

const UNITS = { document: "The document", block: "A paragraph", sentence: "A sentence" };

/** Decisions beside one's own answers; those that are as one gave them are folded away. */
export function DecisionList({
  codebook,
  decisions,
}: {
  codebook: Codebook;
  decisions: readonly ShownDecision[];
}) {
  const kept = decisions.filter(({ verdict }) => verdict === "kept");
  const others = decisions.filter(({ verdict }) => verdict !== "kept");
  if (decisions.length === 0) {
    return (
      <EmptyState title="Nothing to show">
        Neither you nor the decision marked anything in this document.
      </EmptyState>
    );
  }
  return (
    <>
      {others.length === 0 ? (
        <p className="mb-4 text-sm">Everything was decided as you said.</p>
      ) : (
        <List codebook={codebook} decisions={others} />
      )}
      {kept.length > 0 ? (
        <details className="mt-4">
          <summary className="cursor-pointer text-sm text-ink-soft hover:text-ink">
            As you said: {kept.length}
          </summary>
          <div className="mt-2">
            <List codebook={codebook} decisions={kept} />
          </div>
        </details>
      ) : null}
    </>
  );
}

function List({
  codebook,
  decisions,
}: {
  codebook: Codebook;
  decisions: readonly ShownDecision[];
}) {
  return (
    <ul className="flex flex-col gap-3">
      {decisions.map((decision) => (
        <li key={decision.key} className="rounded-md border border-line bg-surface p-3">
          <DecisionLine codebook={codebook} decision={decision} />
        </li>
      ))}
    </ul>
  );
}

function DecisionLine({ codebook, decision }: { codebook: Codebook; decision: ShownDecision }) {
  const { layer, unit, verdict, words, ownWords, before, after, note } = decision;
  const { name, tone } = VERDICTS[verdict];
  const shown = words ?? ownWords;
  const why = reasonWords(decision.reason);
  const hasOtherWords = words !== null && ownWords !== null && words !== ownWords;
  return (
    <>
      <div className="mb-1 flex flex-wrap items-center gap-2 text-[13px]">
        <Badge tone={tone}>{name}</Badge>
        <span className="text-ink-soft">
          {unit === null ? null : `${UNITS[unit]}: `}
          {codebook.layers.find(({ key }) => key === layer)?.name ?? layer}
        </span>
      </div>
      {shown === null ? null : (
        <p className="font-serif text-[16px]">
          <bdi>
            …{before}
            <strong className="font-semibold">{shorten(shown, 300)}</strong>
            {after}…
          </bdi>
        </p>
      )}
      <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5 text-sm">
        <dt className="text-ink-soft">You</dt>
        <dd>
          <Labels codebook={codebook} layer={layer} told={decision.own} />
          {hasOtherWords ? (
            <span className="text-ink-soft"> on “{shorten(ownWords, 120)}”</span>
          ) : null}
        </dd>
        <dt className="text-ink-soft">Decided</dt>
        <dd>
          {verdict === "contested" && decision.decided.length === 0 ? (
            <span className="text-ink-soft">no single reading: all of them stand</span>
          ) : (
            <Labels codebook={codebook} layer={layer} told={decision.decided} />
          )}
        </dd>
        {why !== "" || note !== "" ? (
          <>
            <dt className="self-start text-ink-soft">Why</dt>
            <dd>
              {why}
              {why !== "" && note !== "" ? " " : null}
              {note === "" ? null : <bdi>{note}</bdi>}
            </dd>
          </>
        ) : null}
      </dl>
    </>
  );
}

function reasonWords(reason: string | null): string {
  return Object.entries(REASONS).find(([key]) => key === reason)?.[1] ?? "";
}

function Labels({
  codebook,
  layer,
  told,
}: {
  codebook: Codebook;
  layer: string;
  told: readonly string[];
}) {
  if (told.length === 0) return <span className="text-ink-soft">nothing</span>;
  const looks = labelLooks(codebook);
  const labels = codebook.layers.find(({ key }) => key === layer)?.labels ?? [];
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      {told.map((each) => {
        const [label = "", value] = each.split("=");
        const look = looks.get(lookKey(layer, label));
        const name = labels.find(({ key }) => key === label)?.name ?? label;
        return (
          <span key={each} className="inline-flex items-center gap-1">
            {look ? <Swatch colour={look.colour} code={look.code} /> : null}
            {value === undefined ? name : `${name}: ${value}`}
          </span>
        );
      })}
    </span>
  );
}
