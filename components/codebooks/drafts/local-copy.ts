import type { Draft } from "../editing/history";
import type { LocalCopy } from "./draft-keeper";

type Copy = { revision: number; base: Draft; mine: Draft };

/** The browser's copy of what is not saved yet. A full or closed store costs the copy and no more. */
export function localCopy(
  projectId: string,
  version: number,
): LocalCopy & { read: () => Copy | null } {
  const name = `framemark-codebook-draft:${projectId}:${version}`;
  return {
    read: () => {
      try {
        const text = localStorage.getItem(name);
        // Written by this page in this form.
        return text === null ? null : (JSON.parse(text) as Copy);
      } catch {
        return null;
      }
    },
    write: (copy) => {
      try {
        localStorage.setItem(name, JSON.stringify(copy));
      } catch {
        // The state of saving is on the page either way.
      }
    },
    clear: () => {
      try {
        localStorage.removeItem(name);
      } catch {
        // There is no copy then.
      }
    },
  };
}
