import type { Codebook } from "@/lib/domain/codebook/language";

/** The parts of a codebook as a list of links within the page; printed, its table of contents. */
export function LayerLinks({ codebook }: { codebook: Codebook }) {
  return (
    <nav aria-label="Contents" className="text-sm">
      <ul className="flex flex-wrap gap-x-4 lg:flex-col">
        {codebook.guidelines ? (
          <li>
            <a href="#guidelines" className="block py-1 hover:underline">
              Guidelines
            </a>
          </li>
        ) : null}
        {codebook.layers.map((layer) => (
          <li key={layer.key}>
            <a href={`#layer-${layer.key}`} className="block py-1 hover:underline">
              {layer.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
