/** A piece of code to copy, with a heading of its own. */
export function CodeSample({ title, code }: { title: string; code: string }) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 text-[13px] font-medium">{title}</figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-md border border-line bg-sunken p-3 font-mono text-[12.5px] leading-normal"
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
