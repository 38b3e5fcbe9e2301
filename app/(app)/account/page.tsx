import { NameForm } from "@/components/accounts/name-form";
import { PasswordForm } from "@/components/accounts/password-form";
import { SessionTable } from "@/components/accounts/session-table";
import { ThemeChoice } from "@/components/accounts/theme-choice";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader, Section } from "@/components/ui/page";
import { ago } from "@/lib/domain/ago";
import { describeBrowser } from "@/lib/domain/browser";
import { unwrap } from "@/lib/server/unwrap";
import { listOwnSessions, readOwnAccount } from "@/lib/services/accounts";

export const metadata = { title: "Your account" };

export default async function AccountPage() {
  const [account, sessions] = await Promise.all([readOwnAccount({}), listOwnSessions({})]);
  const { name, email, theme } = unwrap(account);
  const now = new Date();
  const rows = unwrap(sessions).map((session) => ({
    sessionId: session.sessionId,
    isPresent: session.isPresent,
    browser: describeBrowser(session.userAgent),
    started: ago(new Date(session.startedAt), now),
    seen: session.isPresent ? "now" : ago(new Date(session.lastSeenAt), now),
  }));
  return (
    <main>
      <PageHeader title="Your account">{email}</PageHeader>
      <div className="grid gap-x-12 lg:grid-cols-2">
        <div>
          <Section title="Profile">
            <NameForm name={name} />
          </Section>
          <Section title="Appearance">
            <ThemeChoice theme={theme} />
          </Section>
          <Section title="Keys">
            <p className="mb-2 max-w-sm text-[13px] text-ink-soft">
              Every command of the workspace has a key, and you can give it another.
            </p>
            <ButtonLink href="/account/keys">Change keys</ButtonLink>
          </Section>
        </div>
        <Section title="Password">
          <PasswordForm email={email} />
        </Section>
      </div>
      <Section title="Where you are signed in">
        <SessionTable sessions={rows} />
      </Section>
    </main>
  );
}
