import Link from "next/link";
import { SecondFactor } from "@/components/accounts/second-factor";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { writeMoment } from "@/lib/domain/moment";
import { currentUser } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { readSecondFactor } from "@/lib/services/second-factor";

export const metadata = { title: "Second factor" };

export default async function SecondFactorPage() {
  const { since, recoveryCodes, hasPassword } = unwrap(await readSecondFactor({}));
  const user = await currentUser();
  return (
    <main>
      <p className="mb-2 text-[13px]">
        <Link href="/account" className="text-accent underline">
          Your account
        </Link>
      </p>
      <PageHeader title="Second factor" />
      {hasPassword ? (
        <SecondFactor
          since={since && writeMoment(new Date(since), user?.preferences ?? {})}
          recoveryCodes={recoveryCodes}
          mustHave={user?.needsSecondFactor ?? false}
        />
      ) : (
        <Notice>
          You sign in by a provider. It asks for a second factor of its own, where its keeper wants
          one.
        </Notice>
      )}
    </main>
  );
}
