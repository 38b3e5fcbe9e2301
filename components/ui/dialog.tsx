"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

/** A modal dialog; Escape and a click beside it close it, focus goes back to where it was. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  size = "normal",
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  size?: "normal" | "wide";
}) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
      className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto bg-[#0007] p-3 sm:p-10"
    >
      <Modal className={size === "wide" ? "w-full max-w-3xl" : "w-full max-w-md"}>
        <AriaDialog className="rounded-lg border border-line bg-surface p-5 shadow-xl outline-none">
          <div className="mb-4 flex items-center justify-between gap-4">
            <Heading slot="title" className="text-base font-semibold">
              {title}
            </Heading>
            <button
              type="button"
              aria-label="Close"
              onClick={onClose}
              className="rounded p-1.5 text-ink-faint hover:bg-sunken"
            >
              <X aria-hidden size={16} />
            </button>
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
