"use client";
import { Printer } from "lucide-react";
import { Button } from "./button";

/** Opens the browser's printing, which also makes PDF files. */
export function PrintButton() {
  return (
    <Button onClick={() => window.print()} className="print:hidden">
      <Printer aria-hidden size={16} /> Print or save as PDF
    </Button>
  );
}
