"use client";
import { useEffect, useMemo, useState } from "react";
import { v7 as newId } from "uuid";
import { Button } from "@/components/ui/button";
import { EntityChoices } from "@/components/ui/entity-choices";
import { LayerQuestions } from "@/components/ui/layer-questions";
import { Card } from "@/components/ui/page";
import { showToast } from "@/components/ui/toasts";
import { answerEvent } from "@/lib/actions/events";
import { applyEventChange, type EventChange } from "@/lib/domain/annotation/event-answers";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import type { EventQuestions as Questions } from "@/lib/services/event-answers";
import { AnswerQueue, type QueueState } from "./answer-queue";

/** The questions about one event, each answer saved as it is given. */
export function EventQuestions({
  projectId,
  eventId,
  codebook,
  entities,
  answers: stored,
  isOpen,
}: Questions) {
  const [answers, setAnswers] = useState(stored);
  const [saving, setSaving] = useState<QueueState>({ kind: "saved", message: null });
  const index = useMemo(() => indexCodebook(codebook), [codebook]);
  const keys = useMemo(() => new Set(entities.map(({ key }) => key)), [entities]);
  const [queue] = useState(
    () =>
      new AnswerQueue(
        (operations) => answerEvent({ projectId, eventId, operations }),
        setSaving,
        (message) => showToast({ tone: "bad", message }),
      ),
  );
  useLeaveWarning(saving.kind !== "saved");

  const change = (asked: EventChange) => {
    const judged = applyEventChange(answers, asked, index, keys);
    if (judged.outcome === "refused") {
      showToast({ tone: "bad", message: judged.message ?? "This cannot be answered so." });
      return;
    }
    if (judged.outcome === "superseded") return;
    setAnswers(judged.answers);
    queue.add({ id: newId(), madeAt: new Date().toISOString(), change: asked });
  };
  return (
    <EntityChoices choices={entities}>
      <div className="flex max-w-3xl flex-col gap-3">
        {codebook.layers.map((layer) => (
          <Card key={layer.key}>
            <LayerQuestions
              layer={layer}
              given={answers.filter((each) => each.layer === layer.key)}
              isDisabled={!isOpen}
              onSet={(answer) => change({ kind: "give", layer: layer.key, ...answer })}
              onClear={({ label, entity }) =>
                change({ kind: "take_back", layer: layer.key, label, value: null, entity })
              }
            />
            {layer.description === "" ? null : (
              <p className="mt-2 max-w-prose text-[13px] text-ink-soft">{layer.description}</p>
            )}
          </Card>
        ))}
        <p role="status" className="min-h-7 text-[13px] text-ink-soft">
          {saving.kind === "saved" ? "All answers are saved." : null}
          {saving.kind === "waiting" ? "Saving…" : null}
          {saving.kind === "stuck" ? (
            <span className="flex flex-wrap items-center gap-2 text-bad">
              Not saved yet. {saving.message}
              <Button size="small" onClick={() => queue.retry()}>
                Save again
              </Button>
            </span>
          ) : null}
        </p>
      </div>
    </EntityChoices>
  );
}

/** The browser asks before a page is left whose answers are not saved. */
function useLeaveWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isUnsaved]);
}
