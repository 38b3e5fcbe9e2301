"use client";
import { useRouter } from "next/navigation";
import { useId } from "react";

/** Which two versions are compared; a choice shows them at once. */
export function CompareForm({
  base,
  versions,
  from,
  to,
}: {
  base: string;
  versions: readonly { version: number; name: string }[];
  from: number;
  to: number;
}) {
  const router = useRouter();
  const id = useId();
  const show = (next: { from: number; to: number }) =>
    router.push(`${base}?from=${next.from}&to=${next.to}`, { scroll: false });
  const box = (which: "from" | "to", value: number) => (
    <select
      id={`${id}-${which}`}
      value={value}
      onChange={({ target }) => show({ from, to, [which]: Number(target.value) })}
      className="h-9 rounded-md border border-line-strong bg-surface px-2 text-sm"
    >
      {versions.map(({ version, name }) => (
        <option key={version} value={version}>
          Version {version}: {name}
        </option>
      ))}
    </select>
  );
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <label htmlFor={`${id}-from`}>From</label>
      {box("from", from)}
      <label htmlFor={`${id}-to`}>to</label>
      {box("to", to)}
    </div>
  );
}
