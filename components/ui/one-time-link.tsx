import { CopyOnce } from "./copy-once";

/** A link that is shown this once, to be copied and handed on. */
export function OneTimeLink({ link, lasts }: { link: string; lasts: string }) {
  return (
    <CopyOnce label="One-time link" value={link}>
      It is shown only now, works once and for {lasts}. Whoever has it can enter: hand it to nobody
      else.
    </CopyOnce>
  );
}
