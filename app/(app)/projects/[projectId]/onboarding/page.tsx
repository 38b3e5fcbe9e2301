import { AnswerGroups } from "@/components/onboarding/answer-groups";
import { ConsentEditor } from "@/components/onboarding/consent-editor";
import { PeopleTable } from "@/components/onboarding/people-table";
import { SettingsEditor } from "@/components/onboarding/settings-editor";
import { PageHeader, Section } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { openOnboarding } from "@/lib/services/onboarding";
import { readAnswerGroups } from "@/lib/services/onboarding-answers";

export const metadata = { title: "Onboarding" };

type Props = { params: Promise<{ projectId: string }> };

export default async function OnboardingPage({ params }: Props) {
  const { projectId } = await params;
  const [opened, groups] = await Promise.all([
    openOnboarding({ projectId }),
    readAnswerGroups({ projectId }),
  ]);
  const { settings, revision, texts, people } = unwrap(opened);
  const answers = unwrap(groups);
  return (
    <main>
      <PageHeader title="Onboarding">
        What annotators pass before they get documents: consent, questions about themselves,
        training, and a quiz. Nothing is asked until you switch it on here.
      </PageHeader>
      <SettingsEditor projectId={projectId} stored={settings} revision={revision} />
      <Section title="Consent">
        <ConsentEditor key={texts[0]?.version ?? 0} projectId={projectId} texts={texts} />
      </Section>
      <Section title="People">
        <PeopleTable people={people} />
      </Section>
      {answers.length > 0 ? (
        <Section title="Answers in groups">
          <AnswerGroups groups={answers} />
        </Section>
      ) : null}
    </main>
  );
}
