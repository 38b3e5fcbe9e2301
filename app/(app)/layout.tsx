import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { TopBar } from "@/components/shell/top-bar";
import { isDemoInstance } from "@/lib/server/instance";
import { currentUser } from "@/lib/server/session";
import { signInAddress } from "@/lib/server/way-back";

/** Frame of every page for people who are signed in, but the workspace. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (user === null) redirect(signInAddress());
  return (
    <>
      <TopBar
        name={user.name}
        isAdmin={user.instanceRole === "admin"}
        isDemo={await isDemoInstance()}
      />
      <div id="content" className="mx-auto max-w-6xl px-4 py-6">
        {children}
      </div>
    </>
  );
}
