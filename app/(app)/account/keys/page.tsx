import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page";
import { OwnKeys } from "@/components/workspace/keys/own-keys";
import { unwrap } from "@/lib/server/unwrap";
import { readOwnKeys } from "@/lib/services/accounts";

export const metadata = { title: "Your keys" };

/** The keys of the workspace, as they are on every computer where this person signs in. */
export default async function KeysPage() {
  const settings = unwrap(await readOwnKeys({}));
  return (
    <main>
      <PageHeader
        title="Your keys"
        actions={<ButtonLink href="/account">Back to your account</ButtonLink>}
      >
        What the workspace does at each key, wherever you sign in. Press New key, then the key.
      </PageHeader>
      <div className="max-w-3xl">
        <OwnKeys given={settings} />
      </div>
    </main>
  );
}
