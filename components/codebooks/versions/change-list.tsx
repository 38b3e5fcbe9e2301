import { Badge } from "@/components/ui/badge";
import type { CodebookChange } from "@/lib/domain/codebook/diff";

const EFFECTS: Record<CodebookChange["effect"], string> = {
  answers: "What is annotated no longer fits as it is",
  meaning: "What is annotated may be judged otherwise now",
  none: "Nothing changes for what is annotated",
};

/** Changes between two versions in words, grouped by what they mean for annotations. */
export function ChangeList({ changes }: { changes: readonly CodebookChange[] }) {
  if (changes.length === 0) {
    return <p className="text-sm text-ink-soft">Both say the same.</p>;
  }
  return (
    <div className="flex flex-col gap-5">
      {(["answers", "meaning", "none"] as const).map((effect) => {
        const here = changes.filter((change) => change.effect === effect);
        if (here.length === 0) return null;
        return (
          <section key={effect}>
            <h3 className="mb-1.5 flex flex-wrap items-center gap-2 text-sm font-semibold">
              {EFFECTS[effect]} <Badge tone={TONES[effect]}>{here.length}</Badge>
            </h3>
            <ul className="flex flex-col gap-2">
              {here.map((change, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: sentences may repeat, the list is fixed
                <li key={at} className="rounded-md border border-line bg-surface p-2.5 text-sm">
                  {change.sentence}
                  {change.before === undefined && change.after === undefined ? null : (
                    <dl className="mt-1.5 grid gap-2 text-[13px] sm:grid-cols-2">
                      <Words title="Before" words={change.before ?? ""} />
                      <Words title="Now" words={change.after ?? ""} />
                    </dl>
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

const TONES = { answers: "bad", meaning: "warn", none: "plain" } as const;

function Words({ title, words }: { title: string; words: string }) {
  return (
    <div>
      <dt className="text-ink-soft">{title}</dt>
      <dd className="whitespace-pre-wrap break-words font-serif">
        {words.trim() === "" ? <span className="font-sans text-ink-soft">(empty)</span> : words}
      </dd>
    </div>
  );
}
