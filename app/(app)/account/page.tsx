import { NameForm } from "@/components/accounts/name-form";
import { OwnData } from "@/components/accounts/own-data";
import { PasswordForm } from "@/components/accounts/password-form";
import { PlaceForm } from "@/components/accounts/place-form";
import { SessionTable } from "@/components/accounts/session-table";
import { ThemeChoice } from "@/components/accounts/theme-choice";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader, Section } from "@/components/ui/page";
import { ago } from "@/lib/domain/ago";
import { describeBrowser } from "@/lib/domain/browser";
import { LANGUAGES, timeZones, writeMoment } from "@/lib/domain/moment";
import { unwrap } from "@/lib/server/unwrap";
import { listOwnSessions, readOwnAccount } from "@/lib/services/accounts";
import { readSecondFactor } from "@/lib/services/second-factor";

export const metadata = { title: "Your account" };

export default async function AccountPage() {
  const [account, sessions, factor] = await Promise.all([
    readOwnAccount({}),
    listOwnSessions({}),
    readSecondFactor({}),
  ]);
  const { name, email, theme, language, timeZone, hasPassword } = unwrap(account);
  const { since } = unwrap(factor);
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
          <Section title="Language and time">
            <PlaceForm
              language={language}
              timeZone={timeZone}
              languages={namedLanguages()}
              zones={timeZones()}
              example={writeMoment(now, {
                language: language ?? undefined,
                timeZone: timeZone ?? undefined,
              })}
            />
          </Section>
          <Section title="Keys">
            <p className="mb-2 max-w-sm text-[13px] text-ink-soft">
              Every command of the workspace has a key, and you can give it another.
            </p>
            <ButtonLink href="/account/keys">Change keys</ButtonLink>
          </Section>
        </div>
        <div>
          {hasPassword ? (
            <>
              <Section title="Password">
                <PasswordForm email={email} />
              </Section>
              <Section title="Second factor">
                <p className="mb-2 max-w-sm text-[13px] text-ink-soft">
                  {since === null
                    ? "Not set up. With it nobody gets in who has only found out your password."
                    : "A code of your phone is asked for at the sign-in."}
                </p>
                <ButtonLink href="/account/second-factor">
                  {since === null ? "Set up" : "Change"}
                </ButtonLink>
              </Section>
            </>
          ) : null}
        </div>
      </div>
      <Section title="Where you are signed in">
        <SessionTable sessions={rows} />
      </Section>
      <Section title="Your data">
        <OwnData email={email} />
      </Section>
    </main>
  );
}

/** Each language by its own name. */
function namedLanguages(): { tag: string; name: string }[] {
  return LANGUAGES.map((tag) => ({
    tag,
    name: new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag,
  }));
}
