import { Welcome } from "@/components/accounts/welcome";
import { Entrance } from "@/components/shell/entrance";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { openInvite } from "@/lib/services/accounts";

export const metadata = { title: "Welcome", robots: { index: false } };

const TITLES = {
  first_admin: "Make the admin account",
  join: "Welcome to Framemark",
  reset_password: "Choose a new password",
};

export default async function WelcomePage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const opened = await openInvite({ secret });
  if (!opened.ok) {
    return (
      <Entrance title="This link does not work">
        <Notice tone="warn">{opened.failure.message}</Notice>
        <ButtonLink href="/sign-in" className="mt-4">
          Sign in
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title={TITLES[opened.value.purpose]}>
      <Welcome secret={secret} {...opened.value} />
    </Entrance>
  );
}
