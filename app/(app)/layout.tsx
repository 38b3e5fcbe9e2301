import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { TopBar } from "@/components/shell/top-bar";
import { Notice } from "@/components/ui/notice";
import { isDemoInstance, readBanner } from "@/lib/server/instance";
import { currentUser } from "@/lib/server/session";
import { signInAddress } from "@/lib/server/way-back";

/** Where somebody goes first whom the site asks for a second factor. */
const SECOND_FACTOR = "/account/second-factor";

/** Frame of every page for people who are signed in, but the workspace. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (user === null) redirect(signInAddress());
  const path = (await headers()).get("x-page-path") ?? "";
  if (user.needsSecondFactor && !path.startsWith(SECOND_FACTOR)) redirect(SECOND_FACTOR);
  const banner = await readBanner();
  return (
    <>
      <TopBar
        name={user.name}
        isAdmin={user.instanceRole === "admin"}
        isDemo={await isDemoInstance()}
      />
      <div id="content" className="mx-auto max-w-6xl px-4 py-6">
        {banner === "" ? null : (
          <Notice tone="warn" className="mb-4">
            {banner}
          </Notice>
        )}
        {children}
      </div>
    </>
  );
}
