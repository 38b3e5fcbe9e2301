import type { Drawing, Shape, Tone } from "./drawing";

/** Colours on white paper. */
const COLOURS: Record<string, string> = {
  ink: "#1d1c1a",
  soft: "#57534b",
  line: "#dcd9d1",
  strong: "#8f8a7e",
  accent: "#1f5582",
  warn: "#7a5200",
  surface: "#ffffff",
  "label-blue": "#0072b2",
  "label-vermilion": "#c75200",
  "label-green": "#00805e",
  "label-magenta": "#b4568c",
  "label-sky": "#3a8fc2",
  "label-amber": "#a67a00",
  "label-violet": "#7a5195",
  "label-grey": "#6b6b6b",
  "shade-0": "#f7f6f3",
  "shade-1": "#edf3f8",
  "shade-2": "#dbe7f1",
  "shade-3": "#c5d8e8",
  "shade-4": "#abc6dc",
  "shade-5": "#8fb2cf",
};

/** A chart as a file of its own: colours and fonts stand in it as attributes, text stays text. */
export function writeSvg(drawing: Drawing): string {
  const { width, height, title, description, shapes } = drawing;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...shapes.map(written),
    "</svg>",
  ].join("\n");
}

function written(shape: Shape): string {
  switch (shape.kind) {
    case "line":
      return `<line x1="${shape.x1}" y1="${shape.y1}" x2="${shape.x2}" y2="${shape.y2}" stroke="${colour(shape.tone)}" stroke-width="${shape.width ?? 1}"/>`;
    case "rect":
      return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" ${
        shape.isOpen
          ? `fill="#ffffff" stroke="${colour(shape.tone)}" stroke-width="2"`
          : `fill="${colour(shape.tone)}"`
      }/>`;
    case "circle":
      return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.radius}" fill="${colour(shape.tone)}"/>`;
    case "text":
      return `<text x="${shape.x}" y="${shape.y}" text-anchor="${shape.anchor}" font-size="${shape.size}" fill="${colour(shape.tone)}">${escaped(shape.text)}</text>`;
    case "path":
      return `<path d="${shape.d}" fill="none" stroke="${colour(shape.tone)}" stroke-width="2"/>`;
    case "link":
      return shape.shapes.map(written).join("\n");
  }
}

function colour(tone: Tone): string {
  return COLOURS[tone] ?? "#6b6b6b";
}

/** Text for markup. */
export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
