/** A feature's value in a cell, whose signs for structure get a backslash. */
export function escapeValue(value: string): string {
  return value.replace(/[\\[\]|_;*]|->/g, "\\$&").replace(/[\t\n\r]/g, escapeControl);
}

/** A value from a cell. */
export function unescapeValue(cell: string): string {
  return cell.replace(/\\(->|[\s\S])/gu, (_, sign: string) => CONTROLS[sign] ?? sign);
}

/** A line of a sentence's text: control characters get a backslash or a letter. */
export function escapeText(text: string): string {
  return text.replace(/[\p{Cc}\\]/gu, (sign) => {
    const isPlain = sign > "\u001F" && sign !== "\\";
    return isPlain ? sign : escapeControl(sign);
  });
}

/** A line of a sentence's text as it is. Before version 3.2 escapes are those of Java. */
export function unescapeText(text: string, minorVersion: number): string {
  if (minorVersion >= 2) {
    return text.replace(/\\([tnrfb\\]|\p{Cc})/gu, (_, sign: string) => CONTROLS[sign] ?? sign);
  }
  return text.replace(/\\(?:u+([0-9A-Fa-f]{4})|([\s\S]))/gu, (_, code: string, sign: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return CONTROLS[sign] ?? sign;
  });
}

/** Splits at a sign that has no backslash before it. */
export function splitEscaped(text: string, separator: string): string[] {
  const parts: string[] = [""];
  for (const [piece] of text.matchAll(/\\[\s\S]|[\s\S]/gu)) {
    if (piece === separator) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${piece}`);
  }
  return parts;
}

const CONTROLS: Readonly<Record<string, string>> = {
  t: "\t",
  n: "\n",
  r: "\r",
  f: "\f",
  b: "\b",
};

const LETTERS: Readonly<Record<string, string>> = {
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  "\f": "\\f",
  "\b": "\\b",
};

function escapeControl(sign: string): string {
  return LETTERS[sign] ?? `\\${sign}`;
}
