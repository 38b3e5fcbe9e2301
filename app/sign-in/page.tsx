import { redirect } from "next/navigation";
import { SignIn } from "@/components/accounts/sign-in";
import { Entrance } from "@/components/shell/entrance";
import { Notice } from "@/components/ui/notice";
import { ownPath } from "@/lib/domain/own-path";
import { readBanner } from "@/lib/server/instance";
import { currentUser } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { listDemoAccounts, readWaysIn } from "@/lib/services/accounts";

export const metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }>;
}) {
  const { callbackUrl, error } = await searchParams;
  const target = ownPath(typeof callbackUrl === "string" ? callbackUrl : undefined);
  if ((await currentUser()) !== null) redirect(target);
  const demoAccounts = unwrap(await listDemoAccounts({}));
  const ways = unwrap(await readWaysIn({}));
  const banner = await readBanner();
  return (
    <Entrance title="Sign in" size={demoAccounts.length > 0 ? "wide" : "normal"}>
      {banner === "" ? null : (
        <Notice tone="warn" className="mb-4">
          {banner}
        </Notice>
      )}
      <SignIn
        target={target}
        demoAccounts={demoAccounts}
        ways={ways}
        reason={typeof error === "string" ? error : null}
      />
    </Entrance>
  );
}
