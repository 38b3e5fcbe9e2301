"use client";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Select, TextField } from "@/components/ui/field";
import { type AnnotationState, hull, quoteOf, spansInOrder } from "@/lib/domain/annotation/state";
import { lookKey } from "@/lib/domain/codebook/looks";
import { type CodebookIndex, selectableLabels } from "@/lib/domain/codebook/lookup";
import { blockHolding, rangeAt, rangeHolding, type Tables } from "@/lib/domain/text/movement";
import { codePoint, type Range, type TextIndex } from "@/lib/domain/text/offsets";
import { findTyped } from "@/lib/domain/text/typed-words";
import { counted, shorten } from "@/lib/domain/wording";
import type { Annotator } from "../annotator";
import { InContext } from "./occurrences-dialog";

/** Places and spans listed at most: a longer list is narrowed by more words or a smaller part. */
const MOST = 40;

/**
 * Annotating by form instead of by selection, as good for those who read the page with a screen
 * reader, speak to it or work it with a switch: a part, its words, the place, the label. It lists what
 * is marked there, and removes it.
 */
export function ByTextDialog({
  annotations,
  annotator,
  codebook,
  index,
  tables,
  onClose,
}: {
  annotations: AnnotationState;
  annotator: Annotator;
  codebook: CodebookIndex;
  index: TextIndex;
  tables: Tables;
  onClose: () => void;
}) {
  const [block, setBlock] = useState("");
  const [sentence, setSentence] = useState("");
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<number | null>(null);
  const [choice, setChoice] = useState("");
  const [told, setTold] = useState({ text: "", count: 0 });
  const wordsRef = useRef<HTMLInputElement>(null);
  const part = partOf({ block, sentence }, tables, index);
  const places = markablePlaces(words, index, part, tables);
  const place = places.length === 1 ? places[0] : places.find(({ start }) => start === chosen);
  const spans = spansInOrder(annotations).filter((span) => {
    const { start, end } = hull(span);
    return start < part.end && end > part.start;
  });
  const labels = codebook
    .layersAt("span")
    .flatMap((layer) => selectableLabels(layer).map((label) => ({ layer, label })));

  const tell = (text: string) => setTold(({ count }) => ({ text, count: count + 1 }));
  const mark = (event: FormEvent) => {
    event.preventDefault();
    const label = labels.find((each) => lookKey(each.layer.key, each.label.key) === choice);
    if (place === undefined) return tell(whyNoPlace(words, places.length));
    if (label === undefined) return tell("Choose a label.");
    tell(annotator.markPlace(place, { layer: label.layer.key, label: label.label.key }));
    setWords("");
    setChosen(null);
    wordsRef.current?.focus();
  };
  return (
    <Dialog title="Annotate by text" isOpen onClose={onClose} size="wide">
      <form onSubmit={mark} className="flex flex-col gap-3">
        <div className="grid gap-3 sm:grid-cols-2">
          <Select
            label="Paragraph"
            value={block}
            onChange={(event) => {
              setBlock(event.target.value);
              setSentence("");
            }}
          >
            <option value="">The whole article</option>
            {tables.blocks.map(({ start, end }, at) => (
              <option key={start} value={at}>
                {at + 1}: {shorten(index.slice(start, end), 60)}
              </option>
            ))}
          </Select>
          <Select
            label="Sentence"
            value={sentence}
            onChange={(event) => setSentence(event.target.value)}
            disabled={block === ""}
          >
            <option value="">{block === "" ? "Choose a paragraph first" : "All of them"}</option>
            {block === ""
              ? null
              : sentencesIn(partOf({ block, sentence: "" }, tables, index), tables).map(
                  (each, at) => (
                    <option key={each.start} value={each.start}>
                      {at + 1}: {shorten(index.slice(each.start, each.end), 60)}
                    </option>
                  ),
                )}
          </Select>
        </div>
        {block === "" ? null : (
          <p className="rounded-md bg-sunken px-3 py-2 font-serif" dir="auto">
            {index.slice(part.start, part.end)}
          </p>
        )}
        <TextField
          ref={wordsRef}
          autoFocus
          label="Words to mark"
          help="Type or paste them as they stand in the article."
          value={words}
          autoComplete="off"
          onChange={(event) => {
            setWords(event.target.value);
            setChosen(null);
          }}
        />
        <p role="status" aria-label="Places found" className="text-[13px] text-ink-soft">
          {words.trim() === "" ? "" : placesFound(places.length)}
        </p>
        {places.length > 1 ? (
          <fieldset className="max-h-60 overflow-y-auto">
            <legend className="mb-1 text-[13px] font-medium">Which place</legend>
            {places.slice(0, MOST).map((each, at) => (
              <label key={each.start} className="flex min-h-7 items-start gap-2 text-sm">
                <input
                  type="radio"
                  name="place"
                  className="mt-1 size-4 shrink-0 accent-(--accent)"
                  checked={chosen === each.start}
                  onChange={() => setChosen(each.start)}
                />
                <span>
                  {at + 1}: <InContext place={each} index={index} />
                </span>
              </label>
            ))}
          </fieldset>
        ) : null}
        {places.length === 1 && places[0] !== undefined ? (
          <p className="text-sm">
            <InContext place={places[0]} index={index} />
          </p>
        ) : null}
        <Select label="Label" value={choice} onChange={(event) => setChoice(event.target.value)}>
          <option value="">Choose a label</option>
          {codebook.layersAt("span").map((layer) => (
            <optgroup key={layer.key} label={layer.name}>
              {selectableLabels(layer).map((label) => (
                <option key={label.key} value={lookKey(layer.key, label.key)}>
                  {label.name}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p role="status" aria-live="polite" aria-label="What was marked" className="text-[13px]">
            <bdi key={told.count}>{told.text}</bdi>
          </p>
          <Button type="submit" tone="primary">
            Mark these words
          </Button>
        </div>
      </form>
      <h3 id="marked-here" className="mb-1 mt-5 border-t border-line pt-3 text-sm font-semibold">
        Marked {block === "" ? "in the article" : "here"}: {counted(spans.length, "span")}
      </h3>
      <ol aria-labelledby="marked-here" className="text-[13px]">
        {spans.slice(0, MOST).map((span) => {
          const name = codebook.label(span.layer, span.label)?.name ?? span.label;
          const quote = shorten(quoteOf(span), 80);
          return (
            <li
              key={span.id}
              className="flex flex-wrap items-center justify-between gap-2 border-b border-line py-1"
            >
              <span>
                {name}: <bdi className="font-serif">{quote}</bdi>
              </span>
              <Button
                size="small"
                aria-label={`Remove ${name}: ${quote}`}
                onClick={() => {
                  tell(annotator.removeSpan(span.id));
                  wordsRef.current?.focus();
                }}
              >
                Remove
              </Button>
            </li>
          );
        })}
      </ol>
      {spans.length > MOST ? (
        <p className="text-[13px] text-ink-soft">
          And {spans.length - MOST} more: choose a paragraph.
        </p>
      ) : null}
    </Dialog>
  );
}

/** The chosen part of the article; all of it where none is chosen. */
function partOf(
  { block, sentence }: { block: string; sentence: string },
  tables: Tables,
  index: TextIndex,
): Range {
  const whole = block === "" ? undefined : tables.blocks[Number(block)];
  if (whole === undefined) return { start: codePoint(0), end: index.length };
  const found = sentencesIn(whole, tables).find(({ start }) => String(start) === sentence);
  return found ?? { start: whole.start, end: whole.end };
}

function sentencesIn(part: Range, { sentences }: Tables): Range[] {
  return Array.from({ length: sentences.length / 2 }, (_, at) => rangeAt(sentences, at)).filter(
    (each) => each !== null && each.start >= part.start && each.end <= part.end,
  ) as Range[];
}

/** Places of the words in what may be marked; inside other words only where they stand nowhere else. */
function markablePlaces(words: string, index: TextIndex, part: Range, tables: Tables): Range[] {
  const places = findTyped(words, index, part).filter(
    ({ start, end }) => (blockHolding(tables.blocks, start)?.end ?? 0) >= end,
  );
  const whole = places.filter((place) => isWhole(place, tables.tokens));
  return whole.length > 0 ? whole : places;
}

/** Whether a place begins and ends with a token, or between tokens. */
function isWhole({ start, end }: Range, tokens: Tables["tokens"]): boolean {
  const [before, after] = [rangeHolding(tokens, start), rangeHolding(tokens, end)];
  return (before === null || before.start === start) && (after === null || after.start === end);
}

function placesFound(count: number): string {
  if (count === 0) return "Not found here. Check the spelling, or choose another paragraph.";
  if (count === 1) return "Found once.";
  return `Found ${count} times${count > MOST ? `, the first ${MOST} shown` : ""}; choose which.`;
}

function whyNoPlace(words: string, places: number): string {
  if (words.trim() === "") return "Type the words to mark.";
  return places === 0 ? "These words were not found." : "Choose which place is meant.";
}
