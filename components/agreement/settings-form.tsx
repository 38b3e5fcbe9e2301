import Form from "next/form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Checkbox, Select } from "@/components/ui/field";
import {
  type AgreementChoice,
  choiceInWords,
  isFiltered,
} from "@/lib/domain/agreement-report/choice";

/** The settings that decide every number of the page; they stand in its address. */
export function SettingsForm({
  projectId,
  choice,
  version,
  versions,
  rounds,
  annotators,
  documents,
}: {
  projectId: string;
  choice: AgreementChoice;
  version: number | null;
  versions: readonly number[];
  rounds: readonly { position: number; name: string }[];
  annotators: readonly { id: string; name: string }[];
  /** Titles of documents that were taken out. */
  documents: readonly { id: string; title: string }[];
}) {
  const address = `/projects/${projectId}/agreement`;
  return (
    <details
      className="mb-5 rounded-md border border-line bg-surface px-3 py-2 text-sm print:border-none print:px-0"
      open={isFiltered(choice)}
    >
      <summary className="font-medium">Settings</summary>
      <p className="mt-1 max-w-prose text-ink-soft">
        {choiceInWords(choice)
          .map(({ name, value }) => `${name}: ${value}`)
          .join(" · ")}
        . The address of the page holds them, so you can send it to someone.
      </p>
      <Form
        // Reset the fields when the settings in the address change.
        key={JSON.stringify(choice)}
        action={address}
        scroll={false}
        className="mt-3 flex flex-col gap-4 print:hidden"
      >
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          <Select label="Version of the codebook" name="version" defaultValue={version ?? ""}>
            {versions.map((each) => (
              <option key={each} value={each}>
                Version {each}
              </option>
            ))}
          </Select>
          <Select label="Unit of spans" name="unit" defaultValue={choice.unit}>
            <option value="characters">Characters</option>
            <option value="tokens">Tokens</option>
          </Select>
          <Select label="Compared" name="compare" defaultValue={choice.compare}>
            <option value="labels">The same label</option>
            <option value="any">Marked or not, whatever the label</option>
          </Select>
          <Select label="Distance of label sets" name="distance" defaultValue={choice.distance}>
            <option value="jaccard">Jaccard</option>
            <option value="masi">MASI (Passonneau 2006)</option>
          </Select>
          <Select label="Distance of answers" name="level" defaultValue={choice.level}>
            <option value="codebook">As the codebook says</option>
            <option value="nominal">Nominal: the same or not</option>
            <option value="ordinal">Ordinal: in their order</option>
            <option value="interval">Interval: as numbers</option>
          </Select>
          <Select label="Answers not given" name="missing" defaultValue={choice.missing}>
            <option value="left_out">Left out</option>
            <option value="category">An answer of their own</option>
          </Select>
          <Select label="Several by one person" name="repeats" defaultValue={choice.repeats}>
            <option value="latest">The latest round counts</option>
            <option value="first">The first counts</option>
          </Select>
          <Select label="Excluded by a lead" name="exclusions" defaultValue={choice.exclusions}>
            <option value="left_out">Left out</option>
            <option value="counted">Counted all the same</option>
          </Select>
        </div>
        {rounds.length > 1 ? (
          <fieldset>
            <legend className="mb-1 text-[13px] font-medium">Only these rounds (none: all)</legend>
            <div className="flex flex-wrap gap-x-4">
              {rounds.map(({ position, name }) => (
                <Checkbox
                  key={position}
                  name="rounds"
                  value={position}
                  label={name}
                  defaultChecked={choice.rounds.includes(position)}
                />
              ))}
            </div>
          </fieldset>
        ) : null}
        {annotators.length > 2 ? (
          <fieldset>
            <legend className="mb-1 text-[13px] font-medium">Without these annotators</legend>
            <div className="flex flex-wrap gap-x-4">
              {annotators.map(({ id, name }) => (
                <Checkbox
                  key={id}
                  name="without"
                  value={id}
                  label={name}
                  defaultChecked={choice.without.includes(id)}
                />
              ))}
            </div>
          </fieldset>
        ) : null}
        {documents.length > 0 ? (
          <fieldset>
            <legend className="mb-1 text-[13px] font-medium">Without these documents</legend>
            <div className="flex flex-wrap gap-x-4">
              {documents.map(({ id, title }) => (
                <Checkbox key={id} name="leaveOut" value={id} label={title} defaultChecked />
              ))}
            </div>
          </fieldset>
        ) : null}
        <div className="flex gap-2">
          <Button type="submit" tone="primary" size="small">
            Show with these
          </Button>
          <ButtonLink href={address} size="small">
            Back to the usual
          </ButtonLink>
        </div>
      </Form>
    </details>
  );
}
