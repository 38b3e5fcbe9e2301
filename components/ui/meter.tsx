import clsx from "clsx";

/** A bar that says how much of a whole is done. The words beside it say the same. */
export function Meter({
  value,
  most,
  label,
  className,
}: {
  value: number;
  most: number;
  label: string;
  className?: string;
}) {
  return (
    <progress
      value={value}
      max={Math.max(1, most)}
      aria-label={label}
      className={clsx(
        "block h-1.5 w-full appearance-none overflow-hidden rounded-full border-0 bg-sunken",
        "[&::-moz-progress-bar]:bg-(--accent) [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-(--accent)",
        className,
      )}
    />
  );
}
