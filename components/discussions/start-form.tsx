"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Select, TextArea, TextField } from "@/components/ui/field";
import { startDiscussion } from "@/lib/actions/discussions";
import { MentionPicker } from "./mention-picker";

type About =
  | { kind: "document"; documentId: string }
  | { kind: "span"; documentId: string; start: number; end: number }
  | { kind: "label"; layer: string; label: string };

/** Begins a thread: on what, a title, the first message, and who is named. */
export function StartForm({
  projectId,
  documents,
  labels,
  members,
  words,
  documentId,
}: {
  projectId: string;
  documents: readonly { documentId: string; title: string }[];
  labels: readonly { layer: string; label: string; name: string }[];
  members: readonly { userId: string; name: string }[];
  /** The words that were chosen in a document; code points. */
  words: { documentId: string; start: number; end: number } | null;
  documentId: string | null;
}) {
  const router = useRouter();
  const [isSending, setSending] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const about =
      words === null ? aboutOf(String(form.get("about"))) : { kind: "span" as const, ...words };
    if (about === null) return;
    setSending(true);
    const made = await act(() =>
      startDiscussion({
        projectId,
        about,
        title: String(form.get("title") ?? ""),
        body: String(form.get("body") ?? ""),
        mentions: form.getAll("mentions").map(String),
      }),
    );
    setSending(false);
    if (made !== null) router.push(`/projects/${projectId}/discussions/${made.discussionId}`);
  };
  return (
    <form onSubmit={(event) => void send(event)} className="flex max-w-xl flex-col gap-4">
      {words === null ? (
        <Select
          label="About"
          name="about"
          required
          defaultValue={documentId === null ? "" : `document ${documentId}`}
        >
          <option value="" disabled>
            Choose a document or a label
          </option>
          <optgroup label="Documents">
            {documents.map((each) => (
              <option key={each.documentId} value={`document ${each.documentId}`}>
                {each.title}
              </option>
            ))}
          </optgroup>
          <optgroup label="Labels">
            {labels.map(({ layer, label, name }) => (
              <option key={`${layer} ${label}`} value={`label ${layer} ${label}`}>
                {name}
              </option>
            ))}
          </optgroup>
        </Select>
      ) : null}
      <TextField label="Title" name="title" required maxLength={300} />
      <TextArea
        label="Message"
        name="body"
        required
        rows={6}
        maxLength={5_000}
        help="Markdown: *emphasis*, lists, > quotations."
      />
      <MentionPicker members={members} />
      <div>
        <Button type="submit" tone="primary" disabled={isSending}>
          Begin the discussion
        </Button>
      </div>
    </form>
  );
}

function aboutOf(value: string): About | null {
  const [kind, first, second] = value.split(" ");
  if (kind === "document" && first !== undefined) return { kind, documentId: first };
  if (kind === "label" && first !== undefined && second !== undefined) {
    return { kind, layer: first, label: second };
  }
  return null;
}
