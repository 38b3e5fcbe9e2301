"use client";
import type { ReactNode } from "react";
import {
  Button as AriaButton,
  Menu as AriaMenu,
  MenuItem,
  MenuTrigger,
  Popover,
} from "react-aria-components";

export type MenuChoice = {
  id: string;
  label: string;
  href?: string;
  onChoose?: () => void;
  isDanger?: boolean;
};

/** A button that opens a list of things to do. */
export function Menu({
  label,
  children,
  choices,
  className,
}: {
  label: string;
  children: ReactNode;
  choices: MenuChoice[];
  className?: string;
}) {
  return (
    <MenuTrigger>
      <AriaButton
        aria-label={label}
        className={
          className ??
          "inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-sm text-ink-soft outline-offset-2 hover:bg-sunken hover:text-ink"
        }
      >
        {children}
      </AriaButton>
      <Popover
        placement="bottom end"
        className="z-50 min-w-44 rounded-md border border-line bg-surface p-1 shadow-lg"
      >
        <AriaMenu className="outline-none">
          {choices.map((choice) => (
            <MenuItem
              key={choice.id}
              id={choice.id}
              href={choice.href}
              onAction={choice.onChoose}
              className={`cursor-pointer rounded px-2 py-1.5 text-sm outline-none focus:bg-sunken ${choice.isDanger ? "text-bad" : ""}`}
            >
              {choice.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
