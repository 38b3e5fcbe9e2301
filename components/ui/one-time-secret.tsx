import { CopyOnce } from "./copy-once";

/** A secret that is shown this once, to be copied to where a program keeps it. */
export function OneTimeSecret({ label, secret }: { label: string; secret: string }) {
  return (
    <div className="mt-2">
      <CopyOnce label={label} value={secret}>
        It is shown only now. Keep it where your program finds it, and in no file that you share.
      </CopyOnce>
    </div>
  );
}
