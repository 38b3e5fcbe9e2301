"use client";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Checkbox, TextArea, TextField } from "@/components/ui/field";
import { Section } from "@/components/ui/page";
import { saveOnboarding } from "@/lib/actions/onboarding";
import { QUESTIONS } from "@/lib/domain/onboarding/questions";
import type { OnboardingSettings } from "@/lib/domain/onboarding/settings";
import { QuizEditor } from "./quiz-editor";

/** What annotators pass before they work. Nothing is asked until it is saved. */
export function SettingsEditor({
  projectId,
  stored,
  revision: storedRevision,
}: {
  projectId: string;
  stored: OnboardingSettings;
  revision: number;
}) {
  const [settings, setSettings] = useState(stored);
  const [revision, setRevision] = useState(storedRevision);
  const change = (part: Partial<OnboardingSettings>) =>
    setSettings((before) => ({ ...before, ...part }));
  const save = async () => {
    const saved = await act(() => saveOnboarding({ projectId, revision, settings }), {
      message: "Saved.",
    });
    if (saved !== null) setRevision(saved.revision);
  };
  return (
    <>
      <Section title="Steps">
        <div className="flex flex-col gap-2">
          <Checkbox
            label="Annotators consent to the text below before they work"
            checked={settings.asksConsent}
            onChange={({ target }) => change({ asksConsent: target.checked })}
          />
          <Checkbox
            label="Training documents come first, other work waits for them"
            checked={settings.trainsFirst}
            onChange={({ target }) => change({ trainsFirst: target.checked })}
          />
          {settings.trainsFirst ? (
            <div className="ms-6 max-w-sm">
              <TextField
                label="Agreement with the gold that passes, in per cent"
                type="number"
                min={0}
                max={100}
                value={Math.round(settings.trainingShare * 100)}
                help="F1 over marks and answers, for each training document that has a gold layer. 0: handing it in is enough. If you raise it, whoever is below tries again before other work."
                onChange={({ target }) =>
                  change({ trainingShare: Math.min(100, Math.max(0, Number(target.value))) / 100 })
                }
              />
            </div>
          ) : null}
        </div>
      </Section>
      <Section title="Questions about annotators">
        <p className="mb-2 max-w-prose text-sm text-ink-soft">
          Ask only what your study needs. Political leaning and ties are sensitive data: say why you
          ask. You see answers in groups of five people or more, never one by one.
        </p>
        <div className="mb-3 flex flex-col gap-1">
          {QUESTIONS.map(({ key, words, study, form }) => (
            <Checkbox
              key={key}
              label={
                <>
                  {words}{" "}
                  <span className="text-ink-soft">
                    {form.kind === "scale" ? `${form.least} to ${form.most}` : null}
                    {study ? `, as in ${study}` : null}
                  </span>
                </>
              }
              checked={settings.questions.includes(key)}
              onChange={({ target }) => {
                const chosen = new Set(settings.questions);
                if (target.checked) chosen.add(key);
                else chosen.delete(key);
                change({
                  questions: QUESTIONS.map((each) => each.key).filter((each) => chosen.has(each)),
                });
              }}
            />
          ))}
        </div>
        <div className="max-w-3xl">
          <TextArea
            label="Why you ask, shown above the questions"
            rows={3}
            maxLength={2_000}
            value={settings.purpose}
            onChange={({ target }) => change({ purpose: target.value })}
          />
        </div>
      </Section>
      <Section title="Quiz">
        <div className="mb-3 w-40">
          <TextField
            label="Pass mark in per cent"
            type="number"
            min={0}
            max={100}
            value={Math.round(settings.passShare * 100)}
            onChange={({ target }) =>
              change({ passShare: Math.min(100, Math.max(0, Number(target.value))) / 100 })
            }
          />
        </div>
        <QuizEditor
          projectId={projectId}
          quiz={settings.quiz}
          change={(quiz) => change({ quiz })}
        />
      </Section>
      <div className="mb-8">
        <Button tone="primary" onClick={() => void save()}>
          Save onboarding
        </Button>
      </div>
    </>
  );
}
