"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { ButtonLink } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { Notice } from "@/components/ui/notice";
import { createDraft, discardDraft } from "@/lib/actions/codebooks";
import type { Codebook } from "@/lib/domain/codebook/language";
import type { OpenedDraft } from "@/lib/services/codebook-drafts";
import type { Template } from "@/lib/services/codebooks";
import { CodebookEditor } from "../editing/codebook-editor";
import { AddLayersDialog } from "../templates/add-layers-dialog";
import { ClashDialog } from "./clash-dialog";
import { downloadJson } from "./download-json";
import { SaveWord } from "./save-word";
import { useKeeper } from "./use-keeper";

/** The draft of a project's next codebook version: the editor, saving by itself. */
export function DraftDesk({
  projectId,
  opened,
  published,
  templates,
  at,
}: {
  projectId: string;
  opened: OpenedDraft;
  published: Codebook | null;
  templates: readonly Template[];
  /** Where in the codebook to begin. */
  at: string | undefined;
}) {
  const router = useRouter();
  const { history, state, keeper } = useKeeper(projectId, opened);
  const [isAdding, setAdding] = useState(false);
  const base = `/projects/${projectId}/codebook`;
  const { codebook, rules } = history.draft;

  const discard = async () => {
    await keeper.current?.flush();
    const baseRevision = keeper.current?.revision ?? opened.revision;
    const text = JSON.stringify(codebook);
    const undo = () =>
      void act(() => createDraft({ projectId, from: { kind: "file", text } })).then((made) => {
        if (made !== null) router.push(`${base}/draft`);
      });
    const done = await act(() => discardDraft({ projectId, baseRevision }), {
      message: "The draft is discarded. The published version is as it was.",
      undo,
    });
    if (done !== null) router.push(base);
  };

  return (
    <>
      {state.kind === "gone" ? (
        <Notice tone="bad" className="mb-3">
          Somebody published or discarded this draft meanwhile. What you changed since is still
          here:{" "}
          <button
            type="button"
            className="underline"
            onClick={() => downloadJson(`${codebook.key}-unsaved.json`, codebook)}
          >
            keep it as a file
          </button>
          , then open the codebook again.
        </Notice>
      ) : null}
      <CodebookEditor
        history={history}
        published={published}
        {...(at === undefined ? {} : { at })}
        onTemplate={() => setAdding(true)}
        status={
          <>
            <SaveWord state={state} />
            <span className="flex-1" />
            <Menu
              label="More for this draft"
              choices={[
                {
                  id: "export",
                  label: "Keep as a JSON file",
                  onChoose: () => downloadJson(`${codebook.key}-draft.json`, codebook),
                },
                { id: "discard", label: "Discard the draft", isDanger: true, onChoose: discard },
              ]}
            >
              More
            </Menu>
            <ButtonLink
              size="small"
              tone="primary"
              href={`${base}/publish`}
              onClick={async (event) => {
                if (state.kind === "saved") return;
                event.preventDefault();
                if (await keeper.current?.flush()) router.push(`${base}/publish`);
              }}
            >
              Review and publish…
            </ButtonLink>
          </>
        }
      />
      {state.kind === "clash" ? (
        <ClashDialog
          codebook={codebook}
          clashes={state.clashes}
          by={state.by}
          onChoose={(choices) => keeper.current?.resolve(choices)}
        />
      ) : null}
      {isAdding ? (
        <AddLayersDialog
          templates={templates}
          codebook={codebook}
          published={published}
          onAdd={(next) => history.edit(() => ({ codebook: next, rules }))}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </>
  );
}
