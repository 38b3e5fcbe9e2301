import { BannerForm } from "@/components/admin/banner-form";
import { SecondFactorSetting } from "@/components/admin/second-factor-setting";
import { TestButton } from "@/components/admin/test-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader, Section } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { sendTestMail, testProvider } from "@/lib/actions/users";
import { writeMoment } from "@/lib/domain/moment";
import { writeBytes } from "@/lib/domain/size";
import { currentUser } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { readStorage, type Storage } from "@/lib/services/operations";
import { openSite, type Site } from "@/lib/services/site";

export const metadata = { title: "Site" };

export default async function SitePage() {
  const site = unwrap(await openSite({}));
  const storage = unwrap(await readStorage({}));
  const user = await currentUser();
  const write = (moment: string) => writeMoment(new Date(moment), user?.preferences ?? {});
  return (
    <main>
      <PageHeader title="Site">
        Mail and sign-in are set where Framemark is started; the guide for admins lists the
        variables.
      </PageHeader>
      <div className="grid gap-x-12 lg:grid-cols-2">
        <Section title="Message on every page">
          <BannerForm banner={site.banner} />
        </Section>
        <Section title="Second factor">
          <SecondFactorSetting of={site.secondFactorOf} />
        </Section>
        <Section title="Mail">
          <Mail mail={site.mail} write={write} />
        </Section>
        <Section title="Single sign-on">
          <Provider site={site} />
        </Section>
      </div>
      <Section title="Storage">
        <StorageTables storage={storage} />
      </Section>
    </main>
  );
}

function Mail({ mail, write }: { mail: Site["mail"]; write: (moment: string) => string }) {
  if (mail === null) {
    return (
      <p className="max-w-prose text-sm text-ink-soft">
        Off: links of invitations are shown to copy. Set <code>FRAMEMARK_SMTP_URL</code> and{" "}
        <code>FRAMEMARK_MAIL_FROM</code> to have them sent.
      </p>
    );
  }
  return (
    <div className="flex max-w-prose flex-col items-start gap-3">
      <p className="text-sm text-ink-soft">
        From {mail.from} by {mail.server}.{" "}
        {mail.sentAt === null ? "" : `The last mail was sent on ${write(mail.sentAt)}.`}
      </p>
      {mail.failedAt === null ? null : (
        <Notice tone="bad">
          The last mail failed on {write(mail.failedAt)}: {mail.problem}
        </Notice>
      )}
      <TestButton run={sendTestMail} done="A mail is on its way to you.">
        Send a mail to me
      </TestButton>
    </div>
  );
}

function Provider({ site: { provider, hasPasswords } }: { site: Site }) {
  if (provider === null) {
    return (
      <p className="max-w-prose text-sm text-ink-soft">
        Off: people sign in by password. Set <code>FRAMEMARK_OIDC_ISSUER</code>,{" "}
        <code>FRAMEMARK_OIDC_CLIENT_ID</code> and <code>FRAMEMARK_OIDC_CLIENT_SECRET</code> to let
        them sign in by an OpenID provider.
      </p>
    );
  }
  return (
    <div className="flex max-w-prose flex-col items-start gap-3">
      <p className="text-sm text-ink-soft">
        {provider.name} at {provider.issuer}
        {hasPasswords ? ", beside passwords." : "; passwords are off."}
      </p>
      <p className="break-all text-[13px] text-ink-soft">
        Address to register there: <code>{provider.callback}</code>
      </p>
      <TestButton run={testProvider} done="The provider answers.">
        Ask the provider
      </TestButton>
    </div>
  );
}

function StorageTables({ storage }: { storage: Storage }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Table
        label="Tables of the database"
        head={
          <>
            <HeadCell>
              Database, {writeBytes(storage.database)}, PostgreSQL {storage.version}
            </HeadCell>
            <HeadCell className="text-end">Size</HeadCell>
            <HeadCell className="text-end">Rows, about</HeadCell>
          </>
        }
      >
        {storage.tables.map(({ name, bytes, rows }) => (
          <tr key={name}>
            <Cell className="font-mono text-[13px]">{name}</Cell>
            <Cell className="whitespace-nowrap text-end tabular-nums">{writeBytes(bytes)}</Cell>
            <Cell className="text-end tabular-nums">{rows.toLocaleString("en")}</Cell>
          </tr>
        ))}
      </Table>
      <Folders folders={storage.folders} />
    </div>
  );
}

function Folders({ folders }: { folders: Storage["folders"] }) {
  if (folders === null || folders.length === 0) {
    return (
      <p className="text-sm text-ink-soft">
        {folders === null
          ? "The data folder cannot be read by the web server."
          : "Beside the database the data folder holds no files yet."}
      </p>
    );
  }
  return (
    <Table
      label="Data folder"
      head={
        <>
          <HeadCell>Data folder, beside the database</HeadCell>
          <HeadCell className="text-end">Size</HeadCell>
        </>
      }
    >
      {folders.map(({ name, bytes }) => (
        <tr key={name}>
          <Cell className="font-mono text-[13px]">{name}</Cell>
          <Cell className="text-end tabular-nums">{writeBytes(bytes)}</Cell>
        </tr>
      ))}
    </Table>
  );
}
