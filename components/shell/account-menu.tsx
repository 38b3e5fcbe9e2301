"use client";
import { UserRound } from "lucide-react";
import { signOut } from "next-auth/react";
import { Menu } from "@/components/ui/menu";

/** My account and the way out. */
export function AccountMenu({ name }: { name: string }) {
  return (
    <Menu
      label={`Account of ${name}`}
      choices={[
        { id: "account", label: "Your account", href: "/account" },
        {
          id: "sign-out",
          label: "Sign out",
          onChoose: () => void signOut({ callbackUrl: "/sign-in" }),
        },
      ]}
    >
      <UserRound aria-hidden size={16} />
      <span className="hidden max-w-40 truncate sm:inline">{name}</span>
    </Menu>
  );
}
