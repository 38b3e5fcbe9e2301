import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";

type Filter = Partial<Record<"state" | "about" | "roundId" | "documentId" | "mine", string>>;

/** What threads to list; works without scripts, and the address holds the choice. */
export function DiscussionFilter({
  filter,
  rounds,
}: {
  filter: Filter;
  rounds: readonly { roundId: string; name: string }[];
}) {
  return (
    <form className="mb-4 grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap">
      <Select label="State" name="state" defaultValue={filter.state ?? "open"}>
        <option value="open">Open</option>
        <option value="resolved">Settled</option>
        <option value="all">All</option>
      </Select>
      <Select label="About" name="about" defaultValue={filter.about ?? ""}>
        <option value="">Anything</option>
        <option value="span">Words</option>
        <option value="document">Documents</option>
        <option value="label">Labels</option>
      </Select>
      <Select label="Round" name="roundId" defaultValue={filter.roundId ?? ""}>
        <option value="">Any</option>
        {rounds.map(({ roundId, name }) => (
          <option key={roundId} value={roundId}>
            {name}
          </option>
        ))}
      </Select>
      <Select label="Mentions" name="mine" defaultValue={filter.mine ?? "all"}>
        <option value="all">Any</option>
        <option value="mentioned">Naming me</option>
      </Select>
      {filter.documentId === undefined ? null : (
        <input type="hidden" name="documentId" value={filter.documentId} />
      )}
      <Button type="submit">Show</Button>
    </form>
  );
}
