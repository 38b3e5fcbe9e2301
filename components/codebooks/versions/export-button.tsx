"use client";
import { Download } from "lucide-react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { exportCodebook } from "@/lib/actions/codebooks";
import { downloadText } from "../drafts/download-json";

/** Downloads a version as a JSON file. */
export function ExportButton({ projectId, version }: { projectId: string; version: number }) {
  return (
    <Button
      onClick={async () => {
        const file = await act(() => exportCodebook({ projectId, version }));
        if (file !== null) downloadText(file.fileName, file.content);
      }}
    >
      <Download aria-hidden size={16} /> JSON
    </Button>
  );
}
