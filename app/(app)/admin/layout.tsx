import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { AdminTabs } from "@/components/admin/admin-tabs";
import { currentUser } from "@/lib/server/session";

/** Frame of the pages for admins. Their use cases decide about rights; this spares others a look at the tabs. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  if ((await currentUser())?.instanceRole !== "admin") notFound();
  return (
    <>
      <AdminTabs />
      {children}
    </>
  );
}
