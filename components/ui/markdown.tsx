import { lexer, type Token, type Tokens } from "marked";
import { Fragment, type ReactNode } from "react";

/**
 * Markdown as React elements. HTML in the source is shown as the text it is; images are left out;
 * links go to http(s) addresses only.
 */
export function Markdown({ source }: { source: string }) {
  return (
    <div className="flex flex-col gap-2 text-sm leading-relaxed [&_h3]:mt-2 [&_h3]:font-semibold [&_h4]:font-semibold [&_ol]:list-decimal [&_ol]:ps-5 [&_ul]:list-disc [&_ul]:ps-5">
      {renderAll(lexer(source))}
    </div>
  );
}

function renderAll(tokens: readonly Token[] | undefined): ReactNode {
  let place = 0;
  return (tokens ?? []).map((token) => {
    place += token.raw.length + 1;
    return <Fragment key={place}>{render(token)}</Fragment>;
  });
}

function render(token: Token): ReactNode {
  switch (token.type) {
    case "heading":
      return (token as Tokens.Heading).depth <= 2 ? (
        <h3>{renderAll(childrenOf(token))}</h3>
      ) : (
        <h4>{renderAll(childrenOf(token))}</h4>
      );
    case "paragraph":
      return <p>{renderAll(childrenOf(token))}</p>;
    case "blockquote":
      return (
        <blockquote className="border-s-2 border-line-strong ps-3 text-ink-soft">
          {renderAll(childrenOf(token))}
        </blockquote>
      );
    case "list":
      return renderList(token as Tokens.List);
    case "strong":
      return <strong>{renderAll(childrenOf(token))}</strong>;
    case "em":
      return <em>{renderAll(childrenOf(token))}</em>;
    case "codespan":
    case "code":
      return (
        <code className="rounded bg-sunken px-1 font-mono">{(token as Tokens.Code).text}</code>
      );
    case "link":
      return renderLink(token as Tokens.Link);
    case "hr":
      return <hr className="border-line" />;
    case "br":
      return <br />;
    case "space":
    case "image":
      return null;
    default:
      return childrenOf(token) === undefined ? token.raw : renderAll(childrenOf(token));
  }
}

function renderList(list: Tokens.List): ReactNode {
  const items = list.items.map((item) => <li key={item.raw}>{renderAll(item.tokens)}</li>);
  return list.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

function renderLink(link: Tokens.Link): ReactNode {
  if (!/^https?:\/\//.test(link.href)) return renderAll(link.tokens);
  return (
    <a href={link.href} rel="noreferrer noopener" target="_blank" className="underline">
      {renderAll(link.tokens)}
    </a>
  );
}

function childrenOf(token: Token): Token[] | undefined {
  return (token as { tokens?: Token[] }).tokens;
}
