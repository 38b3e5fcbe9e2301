import { Checkbox, TextArea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import type { ReadLists } from "@/lib/domain/campaign/fixed-lists";
import { counted } from "@/lib/domain/wording";
import type { Draft } from "./round-draft";

/** Problems that are named; more would be read by nobody. */
const MOST_TOLD = 8;

/** Who gets what, fixed by the lead: pasted from a spreadsheet, one pair a line. */
export function FixedLists({
  draft,
  change,
  lists: { fixed, problems },
}: {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  lists: ReadLists;
}) {
  return (
    <Section
      title={fixed.length === 0 ? "Fixed lists" : `Fixed lists: ${counted(fixed.length, "pair")}`}
    >
      <details open={draft.lists !== ""}>
        <summary className="rounded py-1 text-sm text-ink-soft hover:text-ink">
          Say who gets which document
        </summary>
        <div className="mt-2 flex max-w-3xl flex-col gap-2">
          <TextArea
            label="Lists"
            rows={5}
            value={draft.lists}
            placeholder={"Ada Roe; Town hall falls silent"}
            help="One line for each: a chosen person, a semicolon or tab, the title or id of a document. Two columns of a spreadsheet can be pasted. They count for what each document wants."
            onChange={({ target }) => change({ lists: target.value })}
          />
          <Checkbox
            label="Hand out nothing else"
            checked={draft.fixedOnly}
            onChange={({ target }) => change({ fixedOnly: target.checked })}
          />
          {problems.length > 0 ? (
            <Notice tone="warn">
              <ul>
                {problems.slice(0, MOST_TOLD).map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
                {problems.length > MOST_TOLD ? (
                  <li>and {problems.length - MOST_TOLD} lines more</li>
                ) : null}
              </ul>
            </Notice>
          ) : null}
        </div>
      </details>
    </Section>
  );
}
