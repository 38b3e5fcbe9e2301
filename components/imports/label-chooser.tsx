"use client";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { keyOf } from "@/lib/domain/imports/label-key";
import type { ImportFound } from "@/lib/services/import-store";
import type { ImportView } from "@/lib/services/imports";
import { type ImportPlace, useReadAgain } from "./use-read-again";

/** A label of our codebook that labels of files may become. */
export type LabelTargetChoice = {
  level: string;
  layer: string;
  layerName: string;
  label: string;
  labelName: string;
};

type Foreign = ImportFound["labels"][number];
type Target = Foreign["to"];

const LEFT_OUT = "";

/** Where each label of the files goes: to one of ours, or nowhere. */
export function LabelChooser({
  place,
  view,
  targets,
}: {
  place: ImportPlace;
  view: ImportView;
  targets: LabelTargetChoice[];
}) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Target>>(new Map());
  const { isReading, readAgain } = useReadAgain(place);
  const { labels } = view.found;
  if (labels.length === 0) return null;
  const targetOf = (label: Foreign) => {
    const choice = chosen.get(keyOf(label));
    return choice === undefined ? label.to : choice;
  };
  const unmatched = labels.filter((label) => targetOf(label) === null).length;
  const save = async () => {
    const listed = labels.map((label) => ({
      kind: label.kind,
      layer: label.layer,
      label: label.label,
      to: targetOf(label),
    }));
    await readAgain({ labels: listed });
    setChosen(new Map());
  };
  return (
    <Section
      title="Labels"
      actions={
        <Button disabled={isReading || chosen.size === 0} onClick={() => void save()}>
          {isReading ? "Reading…" : "Use these labels"}
        </Button>
      }
    >
      <p className="mb-2 text-sm text-ink-soft">
        {unmatched === 0
          ? "Every label of the files has one of the codebook."
          : `${unmatched} of ${labels.length} have no label in the codebook and are left out.`}
      </p>
      <Table
        label="Labels"
        head={
          <>
            <HeadCell>In the files</HeadCell>
            <HeadCell>On</HeadCell>
            <HeadCell>Times</HeadCell>
            <HeadCell>Becomes</HeadCell>
          </>
        }
      >
        {labels.map((label) => {
          const to = targetOf(label);
          return (
            <tr key={keyOf(label)}>
              <Cell className="max-w-64">
                <bdi className="block truncate font-medium">{label.label}</bdi>
                <bdi className="block truncate text-[13px] text-ink-soft">{label.layer}</bdi>
              </Cell>
              <Cell>
                <Badge>{label.level}</Badge>
              </Cell>
              <Cell className="tabular-nums">{label.count.toLocaleString("en")}</Cell>
              <Cell>
                <select
                  aria-label={`What ${label.label} becomes`}
                  value={to === null ? LEFT_OUT : JSON.stringify([to.layer, to.label])}
                  onChange={({ target }) =>
                    setChosen(new Map(chosen).set(keyOf(label), readTarget(target.value)))
                  }
                  className="h-8 max-w-72 rounded-md border border-line-strong bg-surface px-2 text-sm"
                >
                  <option value={LEFT_OUT}>Leave out</option>
                  <Targets targets={targets.filter(({ level }) => level === label.level)} />
                </select>
              </Cell>
            </tr>
          );
        })}
      </Table>
    </Section>
  );
}

function Targets({ targets }: { targets: LabelTargetChoice[] }) {
  const layers = [...new Map(targets.map((each) => [each.layer, each.layerName]))];
  return layers.map(([layer, layerName]) => (
    <optgroup key={layer} label={layerName}>
      {targets
        .filter((each) => each.layer === layer)
        .map(({ label, labelName }) => (
          <option key={label} value={JSON.stringify([layer, label])}>
            {labelName}
          </option>
        ))}
    </optgroup>
  ));
}

function readTarget(value: string): Target {
  if (value === LEFT_OUT) return null;
  const [layer, label] = JSON.parse(value) as [string, string];
  return { layer, label };
}
