"use client";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { showToast } from "@/components/ui/toasts";
import { useActionForm } from "@/components/ui/use-action-form";
import { setBanner } from "@/lib/actions/users";
import { fieldProblem } from "@/lib/domain/form";

/** What stands on top of every page, such as when the site will be away. */
export function BannerForm({ banner }: { banner: string }) {
  const { state, isPending, form } = useActionForm(setBanner, () =>
    showToast({ tone: "good", message: "Saved." }),
  );
  return (
    <form {...form} className="flex max-w-prose flex-col items-start gap-3">
      <div className="w-full">
        <TextArea
          label="Message"
          name="banner"
          rows={2}
          maxLength={300}
          defaultValue={banner}
          placeholder="On Friday from 18:00 to 19:00 UTC Framemark is away for maintenance."
          help="Everyone sees it, also before signing in. Empty for none."
          problem={fieldProblem(state, "banner")}
        />
      </div>
      <Button type="submit" disabled={isPending}>
        Save message
      </Button>
    </form>
  );
}
