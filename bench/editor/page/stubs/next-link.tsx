import type { AnchorHTMLAttributes } from "react";

/** A link without a router. */
// biome-ignore lint/style/noDefaultExport: stands in for a module that has one
export default function Link(props: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a {...props} />;
}
