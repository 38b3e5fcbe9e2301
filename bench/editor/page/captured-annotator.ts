import { Annotator as RealAnnotator } from "@/components/workspace/annotator";
import type { AnnotationSession } from "@/components/workspace/session/annotation-session";

let latest: { annotator: RealAnnotator; session: AnnotationSession } | null = null;

/** Put in place of the workspace's own (see bundle.ts), so that the harness can reach it. */
export class Annotator extends RealAnnotator {
  constructor(...given: ConstructorParameters<typeof RealAnnotator>) {
    super(...given);
    latest = { annotator: this, session: given[0] };
  }
}

export function captured() {
  if (latest === null) throw new Error("The workspace has not been built yet.");
  return latest;
}
