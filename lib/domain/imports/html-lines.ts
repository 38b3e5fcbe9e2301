import type { BlockRole } from "../text/roles";
import type { FoundLine } from "./found-article";

/** Elements that hold no words of an article. */
const LEFT_OUT = new Set(
  "script style noscript template svg math iframe object embed form button input select option textarea video audio canvas map head meta link title dialog".split(
    " ",
  ),
);

/** Elements that begin a paragraph of their own. */
const PARAGRAPHS = new Set(
  "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody tfoot thead tr ul".split(
    " ",
  ),
);

/** Elements that stand beside each other on one line. */
const CELLS = new Set(["td", "th"]);

const ROLES: Record<string, BlockRole> = {
  h1: "headline",
  h2: "subheading",
  h3: "subheading",
  h4: "subheading",
  h5: "subheading",
  h6: "subheading",
  figcaption: "caption",
  blockquote: "quote",
};

/** Deeper markup was not made for reading. */
const MOST_DEPTH = 400;

/** What a walk reads of a node; that of a browser and that of a library both have it. */
type Walked = {
  nodeType: number;
  localName?: string;
  nodeValue: string | null;
  childNodes: ArrayLike<Walked>;
  getAttribute?: (name: string) => string | null;
};

/** Thrown where markup is nested deeper than any article is. */
export class NestedTooDeeply extends Error {}

/**
 * The paragraphs below a node, each with its lines: white space collapses as a browser collapses it, a
 * no-break space stays, `<br>` ends a line and two of them a paragraph.
 */
export function linesBelow(root: unknown): FoundLine[][] {
  const walk = new Walk();
  walk.into(root as Walked, { role: null, isPre: false, depth: 0 });
  return walk.finish();
}

type Place = { role: BlockRole | null; isPre: boolean; depth: number };

class Walk {
  private readonly paragraphs: FoundLine[][] = [];
  private lines: FoundLine[] = [];
  private line = "";
  private role: BlockRole | null = null;

  into(node: Walked, place: Place): void {
    if (place.depth > MOST_DEPTH) throw new NestedTooDeeply();
    if (node.nodeType === 3) return this.addText(node.nodeValue ?? "", place);
    const name = node.localName ?? "";
    if (LEFT_OUT.has(name) || isHidden(node)) return;
    if (name === "br") return this.breakLine(place);
    const isParagraph = PARAGRAPHS.has(name);
    if (isParagraph) this.breakParagraph();
    else if (CELLS.has(name) && this.line !== "") this.line += " | ";
    this.intoAll(node.childNodes, {
      role: ROLES[name] ?? place.role,
      isPre: place.isPre || name === "pre",
      depth: place.depth + 1,
    });
    if (isParagraph) this.breakParagraph();
  }

  private intoAll(nodes: ArrayLike<Walked>, place: Place): void {
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at];
      if (node !== undefined) this.into(node, place);
    }
  }

  finish(): FoundLine[][] {
    this.breakParagraph();
    return this.paragraphs;
  }

  private addText(text: string, place: Place): void {
    if (place.isPre) {
      text.split(/\r\n|[\r\n]/).forEach((part, at) => {
        if (at > 0) this.endLine();
        this.line += part;
        if (part !== "") this.role ??= place.role;
      });
      return;
    }
    const collapsed = text.replace(/[ \t\r\n\f\u2028\u2029]+/g, " ");
    if (collapsed === "" || (collapsed === " " && this.line === "")) return;
    this.line += /^$| $/.test(this.line) ? collapsed.replace(/^ /, "") : collapsed;
    this.role ??= place.role;
  }

  private breakLine(place: Place): void {
    // A second break in a row ends the paragraph.
    if (this.line.trim() === "" && this.lines.length > 0) return this.breakParagraph();
    this.endLine();
    this.role = place.role;
  }

  private endLine(): void {
    const text = this.line.replace(/^[ \t]+|[ \t]+$/g, "");
    if (/[^\s]/.test(text)) this.lines.push({ text, role: this.role });
    this.line = "";
    this.role = null;
  }

  private breakParagraph(): void {
    this.endLine();
    if (this.lines.length > 0) this.paragraphs.push(this.lines);
    this.lines = [];
  }
}

function isHidden(node: Walked): boolean {
  if (node.getAttribute === undefined) return false;
  return node.getAttribute("hidden") !== null || node.getAttribute("aria-hidden") === "true";
}
