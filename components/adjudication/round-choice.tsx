import Form from "next/form";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";

type Round = { roundId: string; name: string };

/** Which round's disputes are shown, and which later round its agreement is compared with. */
export function RoundChoice({
  address,
  rounds,
  round,
  after,
}: {
  address: string;
  rounds: readonly Round[];
  round: string | null;
  after: string | null;
}) {
  if (rounds.length < 2) return null;
  return (
    <Form
      // Reset the fields when the address changes.
      key={`${round} ${after}`}
      action={address}
      scroll={false}
      className="mb-5 flex flex-wrap items-end gap-3"
    >
      <div className="min-w-44">
        <Select label="Disputes of" name="round" defaultValue={round ?? ""}>
          <option value="">All rounds</option>
          {rounds.map(({ roundId, name }) => (
            <option key={roundId} value={roundId}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <div className="min-w-44">
        <Select label="Agreement compared with" name="after" defaultValue={after ?? ""}>
          <option value="">The latest round</option>
          {rounds.map(({ roundId, name }) => (
            <option key={roundId} value={roundId}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <Button type="submit">Show</Button>
    </Form>
  );
}
