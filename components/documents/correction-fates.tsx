import { Notice } from "@/components/ui/notice";
import { counted } from "@/lib/domain/wording";
import type { CorrectionPreview, SetFate } from "@/lib/services/correction-plan";

/** What a correction does to the work on a document, before it is made. */
export function CorrectionFates({ preview }: { preview: CorrectionPreview }) {
  const { sets, adjudications, lines } = preview;
  const active = sets.filter(({ isActive }) => isActive);
  const changed = lines.filter(({ isChanged }) => isChanged).length;
  return (
    <section aria-label="What follows" className="flex flex-col gap-2 text-sm">
      <h2 className="text-[15px] font-semibold">What follows</h2>
      <p>
        {counted(changed, "line")} of {lines.length} read otherwise or have another role.{" "}
        {sets.length === 0 ? "Nobody has annotated this document yet." : null}
      </p>
      {active.length === 0 ? null : (
        <Notice tone="warn">
          {active.map(({ author }) => author).join(", ")} worked on it within the last minutes.
          Their page will ask them to load it again; what they did not send yet may not fit the new
          text.
        </Notice>
      )}
      {adjudications === 0 ? null : (
        <Notice>
          Its adjudication stays readable with the old text and is marked as out of date.
        </Notice>
      )}
      <ul className="flex flex-col gap-2">
        {sets.map((set) => (
          <li key={set.setId} className="rounded-md border border-line px-3 py-2">
            <p className="font-medium">
              {set.author}
              <span className="ms-2 font-normal text-ink-soft">
                {counted(set.carried, "mark")} {set.carried === 1 ? "follows" : "follow"},{" "}
                {set.lost.length === 0 ? "none is lost" : `${set.lost.length} cannot`}
              </span>
            </p>
            <LostList lost={set.lost} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What could not follow a correction, with the reason. */
export function LostList({ lost }: { lost: SetFate["lost"] }) {
  if (lost.length === 0) return null;
  return (
    <ul className="mt-1 flex list-disc flex-col gap-0.5 ps-5 text-[13px]">
      {lost.map(({ id, kind, quote, label, reason }) => (
        <li key={id}>
          {quote === "" ? KINDS[kind] : <q>{quote}</q>}
          {label === "" ? null : ` (${label})`}: <span className="text-ink-soft">{reason}</span>
        </li>
      ))}
    </ul>
  );
}

const KINDS: Record<SetFate["lost"][number]["kind"], string> = {
  span: "A mark",
  relation: "A link",
  unit_label: "A label",
  comment: "A remark",
};
