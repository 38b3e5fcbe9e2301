"use client";
import { type FormEvent, useRef, useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import {
  removeMessage,
  reopenDiscussion,
  replyToDiscussion,
  resolveDiscussion,
} from "@/lib/actions/discussions";
import { MentionPicker } from "./mention-picker";

type Place = { projectId: string; discussionId: string };

/** Settles a thread, or takes it up again. */
export function StateButton({
  projectId,
  discussionId,
  isResolved,
}: Place & { isResolved: boolean }) {
  const at = { projectId, discussionId };
  if (isResolved) {
    return (
      <Button onClick={() => void act(() => reopenDiscussion(at), { message: "Taken up again." })}>
        Take up again
      </Button>
    );
  }
  return (
    <Button
      onClick={() =>
        void act(() => resolveDiscussion(at), {
          message: "Settled.",
          undo: () => void act(() => reopenDiscussion(at)),
        })
      }
    >
      Settle
    </Button>
  );
}

/** Takes an own message back. */
export function RemoveButton({
  projectId,
  discussionId,
  messageId,
}: Place & { messageId: string }) {
  return (
    <Button
      size="small"
      tone="quiet"
      onClick={() =>
        void act(() => removeMessage({ projectId, discussionId, messageId }), {
          message: "Taken back.",
        })
      }
    >
      Take back
    </Button>
  );
}

/** Writes a further message; what was typed stays where sending failed. */
export function ReplyForm({
  projectId,
  discussionId,
  members,
}: Place & { members: readonly { userId: string; name: string }[] }) {
  const form = useRef<HTMLFormElement>(null);
  const [isSending, setSending] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setSending(true);
    const sent = await act(() =>
      replyToDiscussion({
        projectId,
        discussionId,
        body: String(fields.get("body") ?? ""),
        mentions: fields.getAll("mentions").map(String),
      }),
    );
    setSending(false);
    if (sent !== null) form.current?.reset();
  };
  return (
    <form
      ref={form}
      onSubmit={(event) => void send(event)}
      className="flex flex-col gap-3 print:hidden"
    >
      <TextArea
        label="Reply"
        name="body"
        required
        rows={4}
        maxLength={5_000}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
            form.current?.requestSubmit();
        }}
        help="Ctrl+Enter sends it."
      />
      <MentionPicker members={members} />
      <div>
        <Button type="submit" tone="primary" disabled={isSending}>
          Send
        </Button>
      </div>
    </form>
  );
}
