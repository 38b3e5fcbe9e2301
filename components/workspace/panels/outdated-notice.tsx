import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { SessionView } from "../session/annotation-session";

/** Says that the page is out of date, what became of the work, and offers to load it again. */
export function OutdatedNotice({ what }: { what: SessionView["outdated"] }) {
  return (
    <div role="status" aria-label="Version of this page">
      {what === null ? null : (
        <Notice tone="warn" className="mx-4 mt-3">
          <div className="flex flex-wrap items-center gap-3">
            <p className="min-w-0 flex-1 basis-64">{WORDS[what]}</p>
            <Button size="small" tone="primary" onClick={() => window.location.reload()}>
              Load the page again
            </Button>
          </div>
        </Notice>
      )}
    </div>
  );
}

const WORDS = {
  codebook:
    "The codebook has a new version, and your marks were carried over to it. They are all kept; load this page again to go on with the new labels.",
  text: "The text was corrected meanwhile. Your marks are kept and were carried over; what you changed since then waits on this computer and can be copied by the save sign above. Load this page again to go on.",
};
