"use client";
import { useLate } from "../use-late";
import type { NamesLayerProps } from "./names-layer";

const loadNames = () => import("./names-layer");

/** The labels' names beside the text; fetched only by those who want them. */
export function LateNames({ isOn, ...props }: NamesLayerProps & { isOn: boolean }) {
  const late = useLate(isOn, loadNames);
  return late === null ? null : <late.NamesLayer {...props} />;
}
