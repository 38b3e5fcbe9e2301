import { z } from "zod";
import { codebookSchema } from "./language";

/** The language of codebooks as a JSON Schema (draft 2020-12), for editors and other programs. */
export function codebookJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(codebookSchema, { io: "input" });
  return {
    $schema,
    $id: "codebook.schema.json",
    title: "Framemark codebook",
    description:
      "What may be annotated and how. References between its parts are judged beyond this schema.",
    ...rest,
  };
}
