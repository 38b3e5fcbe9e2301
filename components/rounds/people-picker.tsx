import { Checkbox } from "@/components/ui/field";
import { Section } from "@/components/ui/page";
import { counted } from "@/lib/domain/wording";
import type { Draft, Person } from "./round-draft";

/** Who annotates in the round, with a group for each where the plan asks for both sides. */
export function PeoplePicker({
  people,
  draft,
  change,
}: {
  people: Person[];
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
}) {
  const toggle = (userId: string) => {
    const next = new Set(draft.userIds);
    if (!next.delete(userId)) next.add(userId);
    change({ userIds: next });
  };
  return (
    <Section title={`Annotators: ${counted(draft.userIds.size, "person", "people")}`}>
      <ul className="grid gap-x-6 gap-y-1 rounded-md border border-line bg-surface p-3 sm:grid-cols-2">
        {people.map(({ userId, name, role }) => (
          <li key={userId} className="flex min-w-0 items-center justify-between gap-3">
            <Checkbox
              checked={draft.userIds.has(userId)}
              onChange={() => toggle(userId)}
              label={
                <>
                  <bdi>{name}</bdi>
                  {role === "annotator" ? null : <span className="text-ink-soft"> ({role})</span>}
                </>
              }
            />
            {draft.handOut === "push" && draft.userIds.has(userId) ? (
              <input
                aria-label={`Group of ${name}`}
                placeholder="group"
                list="round-groups"
                maxLength={80}
                value={draft.groups[userId] ?? ""}
                onChange={({ target }) =>
                  change({ groups: { ...draft.groups, [userId]: target.value } })
                }
                className="h-7 w-28 rounded border border-line bg-surface px-2 text-[13px] placeholder:text-ink-faint"
              />
            ) : null}
          </li>
        ))}
      </ul>
      <datalist id="round-groups">
        {[...new Set(Object.values(draft.groups).filter(Boolean))].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {draft.handOut === "push" ? (
        <p className="mt-1 text-[13px] text-ink-soft">
          Name groups, such as left and right, where every document needs readers of each.
        </p>
      ) : null}
    </Section>
  );
}
