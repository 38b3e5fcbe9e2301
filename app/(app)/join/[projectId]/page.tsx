import type { ReactNode } from "react";
import { ConsentStep } from "@/components/onboarding/consent-step";
import { QuestionnaireStep } from "@/components/onboarding/questionnaire-step";
import { QuizStep } from "@/components/onboarding/quiz-step";
import { TrainingStep } from "@/components/onboarding/training-step";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, Notice } from "@/components/ui/notice";
import { PageHeader, Section } from "@/components/ui/page";
import type { Step } from "@/lib/domain/onboarding/settings";
import { unwrap } from "@/lib/server/unwrap";
import { type OwnOnboarding, openSteps } from "@/lib/services/onboarding-steps";

export const metadata = { title: "Before you start" };

type Props = { params: Promise<{ projectId: string }> };

/** What an annotator passes before they work in a project, and where they come back to it. */
export default async function JoinPage({ params }: Props) {
  const steps = unwrap(await openSteps({ projectId: (await params).projectId }));
  const { project, next, consent, questionnaire, training, quiz } = steps;
  const isEmpty = !consent && !questionnaire && training.length === 0 && !quiz;
  return (
    <main className="max-w-3xl">
      <PageHeader
        title="Before you start"
        actions={
          next === null ? (
            <ButtonLink tone="primary" href="/">
              Go to your work
            </ButtonLink>
          ) : null
        }
      >
        <bdi>{project}</bdi>
      </PageHeader>
      {isEmpty ? (
        <EmptyState title="Nothing is asked of you">
          This project has no consent text, questions, training or quiz. Your documents are on the
          page “Your work”.
        </EmptyState>
      ) : null}
      {next === null && !isEmpty ? (
        <Notice tone="good" className="mb-5">
          You have done all of it. Your documents wait on the page “Your work”.
        </Notice>
      ) : null}
      <AllSteps steps={steps} />
    </main>
  );
}

function AllSteps({ steps }: { steps: OwnOnboarding }) {
  const { projectId, next, consent, questionnaire, training, trainingShare, quiz } = steps;
  return (
    <>
      {consent ? (
        <StepSection title="Consent" step="consent" next={next}>
          <ConsentStep projectId={projectId} consent={consent} />
        </StepSection>
      ) : null}
      {questionnaire ? (
        <StepSection title="About you" step="questionnaire" next={next}>
          {next === "consent" ? (
            <Later>Comes after your consent.</Later>
          ) : (
            <QuestionnaireStep
              key={`${questionnaire.isOffered}`}
              projectId={projectId}
              questionnaire={questionnaire}
            />
          )}
        </StepSection>
      ) : null}
      {training.length > 0 ? (
        <StepSection title="Training" step="training" next={next}>
          {next === "consent" || next === "questionnaire" ? (
            <Later>Comes after the steps above.</Later>
          ) : (
            <TrainingStep projectId={projectId} training={training} share={trainingShare} />
          )}
        </StepSection>
      ) : null}
      {quiz ? (
        <StepSection title="Quiz" step="quiz" next={next}>
          {next === "quiz" || quiz.isPassed ? (
            <QuizStep projectId={projectId} quiz={quiz} />
          ) : (
            <Later>Comes after the steps above.</Later>
          )}
        </StepSection>
      ) : null}
    </>
  );
}

function StepSection({
  title,
  step,
  next,
  children,
}: {
  title: string;
  step: Step;
  next: Step | null;
  children: ReactNode;
}) {
  return (
    <Section title={title} actions={next === step ? <Badge tone="warn">now</Badge> : null}>
      {children}
    </Section>
  );
}

function Later({ children }: { children: ReactNode }) {
  return <p className="text-sm text-ink-soft">{children}</p>;
}
