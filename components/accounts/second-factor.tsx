"use client";
import { type FormEvent, useState, useTransition } from "react";
import { encode } from "uqr";
import { act, withProof } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Card } from "@/components/ui/page";
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from "@/lib/actions/accounts";

type Begun = { secret: string; address: string };

/** Sets up, renews and removes the second factor of my account. `since` is null without one. */
export function SecondFactor({
  since,
  recoveryCodes,
  mustHave,
}: {
  since: string | null;
  recoveryCodes: number;
  mustHave: boolean;
}) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
  if (since !== null) {
    return <Present since={since} recoveryCodes={recoveryCodes} onCodes={setCodes} />;
  }
  if (begun !== null) return <SetUp begun={begun} onCodes={setCodes} />;
  return <Absent mustHave={mustHave} onBegun={setBegun} />;
}

function Absent({ mustHave, onBegun }: { mustHave: boolean; onBegun: (begun: Begun) => void }) {
  const [isPending, start] = useTransition();
  const begin = () =>
    start(async () => {
      const begun = await act(beginSecondFactor);
      if (begun !== null) onBegun(begun);
    });
  return (
    <div className="flex max-w-prose flex-col items-start gap-3">
      {mustHave ? (
        <Notice tone="warn">
          This site asks people of your role for a second factor. Set it up, and you can go on.
        </Notice>
      ) : null}
      <p className="text-sm text-ink-soft">
        With a second factor nobody gets in who has only found out your password. You need an app
        for one-time codes on your phone: most password keepers are one.
      </p>
      <Button tone="primary" disabled={isPending} onClick={begin}>
        Set up a second factor
      </Button>
    </div>
  );
}

function SetUp({ begun, onCodes }: { begun: Begun; onCodes: (codes: readonly string[]) => void }) {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [isPending, start] = useTransition();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code") ?? "");
    start(async () => {
      const answer = await withProof(
        () => confirmSecondFactor({ code }),
        (given) => !given.ok && given.failure.kind === "unproved",
      );
      if (answer.ok) return onCodes(answer.value.codes);
      setProblem(answer.failure.message);
    });
  };
  return (
    <div className="grid max-w-3xl gap-6 sm:grid-cols-[auto_1fr]">
      <QrCode text={begun.address} />
      <div className="flex flex-col gap-4">
        <ol className="flex list-decimal flex-col gap-1 pl-5 text-sm">
          <li>Scan the picture with the app, or type the key into it.</li>
          <li>Type the six digits that it shows.</li>
        </ol>
        <p className="text-[13px] text-ink-soft">
          Key: <code className="break-all font-mono text-ink">{inFours(begun.secret)}</code>
        </p>
        <form onSubmit={send} className="flex flex-col items-start gap-3">
          <TextField
            label="Code"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            autoFocus
            maxLength={10}
            className="max-w-40 font-mono tracking-widest"
            problem={problem}
          />
          <Button type="submit" tone="primary" disabled={isPending}>
            {isPending ? "Checking…" : "Switch it on"}
          </Button>
        </form>
      </div>
    </div>
  );
}

function Present({
  since,
  recoveryCodes,
  onCodes,
}: {
  since: string;
  recoveryCodes: number;
  onCodes: (codes: readonly string[]) => void;
}) {
  const [isPending, start] = useTransition();
  const renew = () =>
    start(async () => {
      const renewed = await act(renewRecoveryCodes);
      if (renewed !== null) onCodes(renewed.codes);
    });
  const remove = () =>
    start(async () => {
      await act(removeSecondFactor, { message: "The second factor is removed." });
    });
  return (
    <div className="flex max-w-prose flex-col items-start gap-3">
      <Notice tone={recoveryCodes < 3 ? "warn" : "good"}>
        A code is asked for at the sign-in since {since}. {codesLeft(recoveryCodes)}
      </Notice>
      <div className="flex flex-wrap gap-2">
        <Button disabled={isPending} onClick={renew}>
          New recovery codes
        </Button>
        <Button tone="danger" disabled={isPending} onClick={remove}>
          Remove the second factor
        </Button>
      </div>
    </div>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <div className="flex max-w-prose flex-col items-start gap-3">
      <Notice tone="good">The second factor is on. All your other sessions have ended.</Notice>
      <p className="text-sm">
        Write these recovery codes down, or print them. Each lets you in once without your phone.
        They are shown only now.
      </p>
      <Card>
        <ul
          aria-label="Recovery codes"
          className="grid gap-x-8 gap-y-1 font-mono text-sm sm:grid-cols-2"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </Card>
      <Button tone="primary" onClick={onDone}>
        I have them
      </Button>
    </div>
  );
}

/** A QR code as one path, black on white in either theme: cameras need the contrast. */
function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      role="img"
      aria-label="QR code with the key for the app"
      viewBox={`0 0 ${size} ${size}`}
      className="size-48 rounded-md border border-line"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function inFours(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}

function codesLeft(count: number): string {
  if (count === 0) return "No recovery code is left: make new ones.";
  return `${count} recovery ${count === 1 ? "code is" : "codes are"} left.`;
}
