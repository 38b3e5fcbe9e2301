"use client";
import dynamic from "next/dynamic";
import { DraftPlaceholder } from "./draft-placeholder";

/** The draft's editor, drawn in the browser only: it takes up there what was not saved. */
export const LateDesk = dynamic(() => import("./draft-desk").then((part) => part.DraftDesk), {
  ssr: false,
  loading: DraftPlaceholder,
});
