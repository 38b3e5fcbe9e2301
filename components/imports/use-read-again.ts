"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { readImport } from "@/lib/actions/imports";

export type ImportPlace = { projectId: string; importId: string };
type Settings = NonNullable<Parameters<typeof readImport>[0]["settings"]>;

/** Reads the files of an import again with other choices. */
export function useReadAgain(place: ImportPlace) {
  const router = useRouter();
  const [isReading, setReading] = useState(false);
  const readAgain = async (settings: Settings) => {
    setReading(true);
    await act(() => readImport({ ...place, settings }), { message: "Read again." });
    setReading(false);
    router.refresh();
  };
  return { isReading, readAgain };
}
