"use client";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { showToast } from "@/components/ui/toasts";
import { useActionForm } from "@/components/ui/use-action-form";
import { setOwnPlace } from "@/lib/actions/accounts";

/** How days and times are written for me. */
export function PlaceForm({
  language,
  timeZone,
  languages,
  zones,
  example,
}: {
  language: string | null;
  timeZone: string | null;
  languages: readonly { tag: string; name: string }[];
  zones: readonly string[];
  example: string;
}) {
  const { state, isPending, form } = useActionForm(setOwnPlace, () =>
    showToast({ tone: "good", message: "Saved." }),
  );
  return (
    <form {...form} className="flex max-w-sm flex-col items-start gap-3">
      {state.state === "refused" ? <Notice tone="bad">{state.failure.message}</Notice> : null}
      <div className="w-full">
        <Select
          label="Days and numbers as in"
          name="language"
          defaultValue={language ?? ""}
          help="The words of the pages are English."
        >
          <option value="">English</option>
          {languages.map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <div className="w-full">
        <Select
          label="Time zone"
          name="timeZone"
          defaultValue={timeZone ?? ""}
          help={`Now it is ${example}.`}
        >
          <option value="">UTC</option>
          {zones.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </Select>
      </div>
      <Button type="submit" disabled={isPending}>
        Save language and time
      </Button>
    </form>
  );
}
