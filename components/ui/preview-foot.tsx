import { Button, ButtonLink } from "./button";

type Step = { label: string; busyLabel: string };

/**
 * The foot of a form whose outcome is looked at before it is made: leave, look, make. Looking is what the
 * form is submitted for; it stops being the main thing to do once the outcome is shown.
 */
export function PreviewFoot({
  cancelHref,
  preview,
  create,
  busy,
  isShown,
  canCreate,
  onCreate,
}: {
  cancelHref: string;
  preview: Step;
  create: Step;
  busy: "preview" | "create" | null;
  isShown: boolean;
  canCreate: boolean;
  onCreate: () => void;
}) {
  return (
    <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-canvas px-4 py-3">
      <ButtonLink tone="quiet" href={cancelHref}>
        Cancel
      </ButtonLink>
      <Button type="submit" tone={isShown ? "plain" : "primary"} disabled={busy !== null}>
        {busy === "preview" ? preview.busyLabel : preview.label}
      </Button>
      <Button tone="primary" disabled={!isShown || busy !== null || !canCreate} onClick={onCreate}>
        {busy === "create" ? create.busyLabel : create.label}
      </Button>
    </div>
  );
}
