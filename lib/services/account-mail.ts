import "server-only";
import { siteAddress } from "@/lib/server/address";
import { isMailOn, sendMail } from "@/lib/server/mail";
import type { InvitePurpose } from "./invites";

/** How a link gets to its person: `off` and `failed` mean that it must be handed on by whoever made it. */
export type Delivery = "sent" | "failed" | "off";

/** Names of people do not stand in these: they are chosen by others, and a mail is no place for their words. */
const MAILS: Record<Exclude<InvitePurpose, "first_admin">, { subject: string; text: string }> = {
  join: {
    subject: "Your account on Framemark",
    text: "An account on Framemark was made for you. Choose your name and a password with this link. It works once, and for seven days:",
  },
  reset_password: {
    subject: "A new password for Framemark",
    text: "With this link you choose a new password for Framemark. It works once, and for 30 minutes. All your sessions end when you save it:",
  },
};

/** Sends a one-time link to its person, where the site can send mail. */
export async function mailLink({
  to,
  purpose,
  link,
}: {
  to: string;
  purpose: keyof typeof MAILS;
  link: string;
}): Promise<Delivery> {
  if (!isMailOn()) return "off";
  const { subject, text } = MAILS[purpose];
  const sent = await sendMail({
    to,
    subject,
    text: `${text}\n\n${siteAddress(link)}\n\nIf you did not expect this, do nothing: without the link nothing happens.\n`,
  });
  return sent.ok ? "sent" : "failed";
}

/** A link that was sent is told to nobody else; else it is there to be copied. */
export function linkToCopy(link: string, delivery: Delivery): string | null {
  return delivery === "sent" ? null : link;
}
