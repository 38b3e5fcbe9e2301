"use client";
import { useLate } from "../use-late";
import type { RelationLayerProps } from "./relation-layer-props";
import type { RelationPanelProps } from "./relation-panel";

const loadPanel = () => import("./relation-panel");
const loadLayer = () => import("./relation-layer");

/** The relations of the selected span; fetched only where the codebook has any. */
export function LateRelationPanel(props: RelationPanelProps) {
  const late = useLate(props.codebook.layersAt("relation").length > 0, loadPanel);
  return late === null ? null : <late.RelationPanel {...props} />;
}

/** The arrows over the article; fetched only where the codebook has relations. */
export function LateRelationLayer(props: RelationLayerProps) {
  const late = useLate(props.codebook.layersAt("relation").length > 0, loadLayer);
  return late === null ? null : <late.RelationLayer {...props} />;
}
