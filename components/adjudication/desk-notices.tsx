"use client";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { showToast } from "@/components/ui/toasts";
import { changeAdjudication, refreshAdjudication } from "@/lib/actions/adjudication";
import { counted } from "@/lib/domain/wording";

type At = { projectId: string; adjudicationId: string };

/** Says that submissions moved on, and takes them as they are now. */
export function StaleNotice({ documentId, ...at }: At & { documentId: string }) {
  const [isBusy, setBusy] = useState(false);
  const refresh = async () => {
    setBusy(true);
    const done = await act(() => refreshAdjudication({ ...at, documentId }));
    setBusy(false);
    if (done === null) return;
    const message =
      done.takenBack === 0
        ? `All ${counted(done.kept, "decision")} stand.`
        : `${counted(done.kept, "decision")} stand; ${done.takenBack} must be made anew.`;
    showToast({ tone: "good", message });
  };
  return (
    <Notice tone="warn" className="mb-4">
      A submission came in, or was opened again, after this adjudication began. You still decide on
      what was submitted then.{" "}
      <Button size="small" className="ml-1" disabled={isBusy} onClick={refresh}>
        Take the submissions of now
      </Button>
    </Notice>
  );
}

/** Whether the annotators' names show. */
export function NamesSetting({ hidesNames, ...at }: At & { hidesNames: boolean }) {
  const [isHidden, setHidden] = useState(hidesNames);
  return (
    <Checkbox
      label="Hide names"
      checked={isHidden}
      onChange={async ({ target }) => {
        setHidden(target.checked);
        const done = await act(() => changeAdjudication({ ...at, hidesNames: target.checked }));
        if (done === null) setHidden(hidesNames);
      }}
    />
  );
}
