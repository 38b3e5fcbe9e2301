import mammoth from "mammoth";
import { failure, type Result } from "../result";
import type { FoundArticle } from "./found-article";
import { readMarkup } from "./html";

/** Styles of Word that tell what a paragraph is; others are running text. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Caption'] => figcaption:fresh",
  "p[style-name='caption'] => figcaption:fresh",
  "p[style-name='Quote'] => blockquote:fresh",
  "p[style-name='Intense Quote'] => blockquote:fresh",
];

/**
 * The article of a Word document. The caller has made sure that the archive is no bomb and that none
 * of its XML has a document type.
 */
export async function readWord(bytes: Uint8Array): Promise<Result<FoundArticle>> {
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      {
        styleMap: STYLES,
        // Pictures are not text, and would fill the memory.
        convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
        ignoreEmptyParagraphs: true,
      },
    );
    return readMarkup(value);
  } catch {
    return failure(
      "invalid",
      "This is not a Word document that can be read. Save it as .docx again.",
    );
  }
}
