import { ButtonLink } from "@/components/ui/button";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex max-w-md flex-col items-start gap-3 px-4 py-24">
      <h1 className="text-xl font-semibold">Nothing here</h1>
      <p className="text-ink-soft">
        This page does not exist, or it is not yours to see. A project lead or the admin of this
        site can tell you who may.
      </p>
      <ButtonLink href="/">Back to your work</ButtonLink>
    </main>
  );
}
