/** Framemark's whole workspace: bar, text, side panel with all spans, and the outbox. */
import "@/app/globals.css";
import "@/app/workspace.css";
import { createRoot } from "react-dom/client";
import { Workspace } from "@/components/workspace/workspace";
import { NO_KEY_SETTINGS } from "@/lib/domain/keyboard/keymap";
import { captured } from "./captured-annotator";
import { framemarkEditor } from "./framemark-editor";
import { dataOf } from "./framemark-parts";
import { measure } from "./harness";

measure(
  framemarkEditor((article, root) => {
    createRoot(root).render(
      <Workspace
        assignmentId={crypto.randomUUID()}
        projectId="bench"
        projectName="Bench"
        round={{ name: "Round 1", instructions: "" }}
        state="in_progress"
        isWithdrawn={false}
        userId="bench"
        email="bench@example.org"
        document={{
          ...article,
          title: "Bench",
          outlet: null,
          publishedOn: null,
          language: "en",
          textSha256: "0".repeat(64),
        }}
        codebook={article.codebook}
        codebookVersion={1}
        revision={0}
        annotations={dataOf(article)}
        waiting={[]}
        reading={undefined}
        keepReading={async () => ({ ok: true, value: null })}
        keySettings={NO_KEY_SETTINGS}
        saveKeys={async () => ({ ok: true, value: null })}
        skip={async () => ({ ok: true, value: null })}
      />,
    );
    return captured;
  }),
);
