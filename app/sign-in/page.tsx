import { redirect } from "next/navigation";
import { SignIn } from "@/components/accounts/sign-in";
import { Entrance } from "@/components/shell/entrance";
import { ownPath } from "@/lib/domain/own-path";
import { currentUser } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { listDemoAccounts } from "@/lib/services/accounts";

export const metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}) {
  const { callbackUrl } = await searchParams;
  const target = ownPath(typeof callbackUrl === "string" ? callbackUrl : undefined);
  if ((await currentUser()) !== null) redirect(target);
  const demoAccounts = unwrap(await listDemoAccounts({}));
  return (
    <Entrance title="Sign in" size={demoAccounts.length > 0 ? "wide" : "normal"}>
      <SignIn target={target} demoAccounts={demoAccounts} />
    </Entrance>
  );
}
