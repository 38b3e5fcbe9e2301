import type { Article } from "../article";

/** What the harness asks of each editor. Everything is done by the editor's own means. */
export type Editor = {
  /** Builds the editor with all spans in #root; may return before anything is painted. */
  start(article: Article): void;
  /** Whether the first highlights are in the page. */
  hasHighlights(): boolean;
  /** Whether everything is drawn that the editor draws without being asked. */
  hasAll(): boolean;
  /** The element whose text is the article. */
  textRoot(): HTMLElement;
  /** Before words are marked with the mouse: chooses the label, drops what is selected. */
  prepareCreate(): void;
  /** Id of a span made since `prepareCreate` whose highlight is in the page. */
  created(): string | null;
  /** Before a change: selects the span where the editor works on what is selected. */
  select(id: string): void;
  remove(id: string): void;
  isRemoved(id: string): boolean;
  /** Gives the span another label than it has. */
  relabel(id: string): void;
  isRelabelled(id: string): boolean;
};
