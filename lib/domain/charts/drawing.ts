/** What a shape is coloured by: a role that page and file each give a colour. */
export type Tone =
  | "ink"
  | "soft"
  | "line"
  | "strong"
  | "accent"
  | "warn"
  | "surface"
  | `label-${string}`
  | `shade-${0 | 1 | 2 | 3 | 4 | 5}`;

/** A shape of a chart, in pixels from the top left. */
export type Shape =
  | {
      readonly kind: "line";
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly tone: Tone;
      readonly width?: number;
    }
  | {
      readonly kind: "rect";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly tone: Tone;
      /** Drawn as an outline over the surface. */
      readonly isOpen?: boolean;
    }
  | {
      readonly kind: "circle";
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly tone: Tone;
    }
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly anchor: "start" | "middle" | "end";
      readonly tone: Tone;
      readonly size: number;
    }
  | { readonly kind: "path"; readonly d: string; readonly tone: Tone }
  /** Shapes that lead somewhere, under one name. */
  | {
      readonly kind: "link";
      readonly href: string;
      readonly name: string;
      readonly shapes: readonly Shape[];
    };

/** A chart, with the numbers that it shows as a table. */
export type Drawing = {
  readonly title: string;
  /** One or two sentences for those who cannot see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  readonly table: {
    readonly head: readonly string[];
    readonly rows: readonly (readonly (string | number | null)[])[];
  };
};

/** Maps a stretch of numbers onto a stretch of pixels; values beyond the ends are kept at them. */
export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): (value: number) => number {
  const [low, high] = domain;
  const span = high === low ? 1 : high - low;
  return (value) => {
    const share = Math.min(1, Math.max(0, (value - low) / span));
    return rounded(range[0] + share * (range[1] - range[0]));
  };
}

/** The lowest tick at or below all values, in steps of 0.2, not above 0 and not below -1. */
export function lowestTick(values: readonly number[]): number {
  const least = values.reduce((low, value) => Math.min(low, value), 0);
  return Math.max(-1, Math.floor(least / 0.2 + 1e-9) * 0.2);
}

/** Ticks in steps of 0.2 up to 1. */
export function agreementTicks(low: number): number[] {
  return Array.from({ length: Math.round((1 - low) / 0.2) + 1 }, (_, step) =>
    rounded(low + step * 0.2),
  );
}

/** A number with two decimals and a true minus. */
export function inWords(value: number, decimals = 2): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** Cuts a text to a number of signs, with an ellipsis. */
export function shortened(text: string, signs: number): string {
  const points = [...text];
  return points.length <= signs ? text : `${points.slice(0, signs - 1).join("")}…`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
