import clsx from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";

type Frame = { label: string; help?: ReactNode; problem?: string | undefined };

const BOX =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink placeholder:text-ink-faint aria-invalid:border-bad";

/** Label, control, help and problem in one block, tied together for screen readers. */
function FieldFrame({
  label,
  help,
  problem,
  id,
  children,
}: Frame & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-[13px] font-medium">
        {label}
      </label>
      {children}
      {help ? (
        <p id={`${id}-help`} className="text-[13px] text-ink-soft">
          {help}
        </p>
      ) : null}
      {problem ? (
        <p id={`${id}-problem`} className="text-[13px] text-bad">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

function described(id: string, { help, problem }: Frame) {
  const ids = [help ? `${id}-help` : null, problem ? `${id}-problem` : null].filter(Boolean);
  return {
    "aria-describedby": ids.length > 0 ? ids.join(" ") : undefined,
    "aria-invalid": problem ? true : undefined,
  };
}

export function TextField({
  label,
  help,
  problem,
  className,
  ...rest
}: ComponentProps<"input"> & Frame) {
  const id = useId();
  return (
    <FieldFrame {...{ label, help, problem, id }}>
      <input
        id={id}
        {...described(id, { label, help, problem })}
        {...rest}
        className={clsx(BOX, "h-9", className)}
      />
    </FieldFrame>
  );
}

export function TextArea({
  label,
  help,
  problem,
  className,
  ...rest
}: ComponentProps<"textarea"> & Frame) {
  const id = useId();
  return (
    <FieldFrame {...{ label, help, problem, id }}>
      <textarea
        id={id}
        {...described(id, { label, help, problem })}
        {...rest}
        className={clsx(BOX, "py-2", className)}
      />
    </FieldFrame>
  );
}

export function Select({
  label,
  help,
  problem,
  className,
  children,
  ...rest
}: ComponentProps<"select"> & Frame) {
  const id = useId();
  return (
    <FieldFrame {...{ label, help, problem, id }}>
      <select
        id={id}
        {...described(id, { label, help, problem })}
        {...rest}
        className={clsx(BOX, "h-9", className)}
      >
        {children}
      </select>
    </FieldFrame>
  );
}

export function Checkbox({
  label,
  className,
  ...rest
}: ComponentProps<"input"> & { label: ReactNode }) {
  return (
    <label className={clsx("flex min-h-6 items-center gap-2 text-sm", className)}>
      <input type="checkbox" {...rest} className="size-4 accent-(--accent)" />
      <span>{label}</span>
    </label>
  );
}
