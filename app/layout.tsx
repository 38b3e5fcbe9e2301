import type { Metadata, Viewport } from "next";
import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { ProofDialog } from "@/components/ui/proof-dialog";
import { Toasts } from "@/components/ui/toasts";
import { currentUser } from "@/lib/server/session";

export const metadata: Metadata = {
  title: { default: "Framemark", template: "%s · Framemark" },
  description: "Annotate media bias and framing in news.",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** Every page is rendered per request: the nonce of the content policy must be fresh. */
export const dynamic = "force-dynamic";

export default async function RootLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html
      lang="en"
      data-theme={user?.preferences.theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <head>
        {/* For the style elements that react-aria adds. Browsers hide the attribute from scripts. */}
        <meta property="csp-nonce" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        {children}
        {user === null ? null : <ProofDialog hasPassword={user.hasPassword} email={user.email} />}
        <Toasts />
      </body>
    </html>
  );
}
