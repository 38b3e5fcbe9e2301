import type { Codebook, Layer } from "../codebook/language";
import { type CodebookIndex, indexCodebook } from "../codebook/lookup";
import { codePoint } from "../text/offsets";
import { applyUnitLabel } from "./apply-unit-label";
import type { Applied } from "./edit";
import { makeEditContext } from "./make-context";
import type { Change } from "./operation";
import { EMPTY_STATE, type UnitLabel, unitLabelKey } from "./state";

/** What one annotator says of an event: a label of an event layer, with what it is about. */
export type EventAnswer = {
  layer: string;
  label: string;
  value: string | null;
  /** Key of the entity that is asked about, where the layer asks of each. */
  entity?: string | undefined;
};

/** An answer that is given, or taken back. */
export type EventChange = EventAnswer & { kind: "give" | "take_back" };

/** An event has no text: its answers stand where a document without words would have them. */
const PLACE = { start: codePoint(0), end: codePoint(0) };

/**
 * The event layers of a codebook as layers of a document, so that one judge and one form serve both; null
 * where the codebook asks nothing of events.
 */
export function eventCodebook(codebook: Codebook): CodebookIndex | null {
  const layers = codebook.layers
    .filter(({ level, archived }) => level === "event" && !archived)
    .map((layer): Layer => ({ ...layer, level: "document", evidence: "none", moment: "any" }));
  return layers.length === 0 ? null : indexCodebook({ ...codebook, layers });
}

/**
 * Judges one change of answers about an event by the rules for labels of documents. `entities` are the keys
 * of the event's closed list.
 */
export function applyEventChange(
  answers: readonly EventAnswer[],
  change: EventChange,
  codebook: CodebookIndex,
  entities: ReadonlySet<string>,
): { outcome: Applied["outcome"]; answers: EventAnswer[]; message?: string } {
  const context = {
    ...makeEditContext({ text: "", sentences: [], blocks: [] }, codebook),
    entities,
  };
  const labels = answers.map(toLabel);
  const state = {
    ...EMPTY_STATE,
    unitLabels: new Map(labels.map((each) => [unitLabelKey(each), each])),
  };
  const applied = applyUnitLabel(state, toChange(change), context);
  if (applied.outcome === "refused") {
    return { outcome: "refused", answers: [...answers], message: applied.message };
  }
  if (applied.outcome === "superseded") return { outcome: "superseded", answers: [...answers] };
  return {
    outcome: "applied",
    answers: [...applied.state.unitLabels.values()].map(({ layer, label, value, entity }) => ({
      layer,
      label,
      value,
      ...(entity === undefined ? {} : { entity }),
    })),
  };
}

/** An answer as a label of a document without words. */
function toLabel({ layer, label, value, entity }: EventAnswer): UnitLabel {
  return {
    layer,
    label,
    value,
    unit: "document",
    ...PLACE,
    evidence: [],
    ...(entity === undefined ? {} : { entity }),
  };
}

function toChange({ kind, layer, label, value, entity }: EventChange) {
  const at = { layer, label, ...PLACE, ...(entity === undefined ? {} : { entity }) };
  return kind === "give"
    ? ({ kind: "set_unit_label", ...at, unit: "document", value, evidence: [] } satisfies Change)
    : ({ kind: "remove_unit_label", ...at } satisfies Change);
}
