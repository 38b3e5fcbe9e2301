/** What a token lets a program do, at most. Its owner's rights of the moment hold besides. */
export const TOKEN_SCOPES = ["read", "annotate", "import", "export", "manage"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** What each scope is for, in the words of the page. */
export const SCOPE_WORDS: Record<TokenScope, string> = {
  read: "Read the project: documents, codebook, submitted work, agreement, jobs",
  annotate: "Annotate the owner's own documents, and submit them",
  import: "Import documents and codebooks, publish a codebook",
  export: "Make and download releases and other files",
  manage: "Invite people, assign documents, cancel and retry jobs",
};

/** Before every token, so that people and scanners of secrets know what it is. */
export const TOKEN_PREFIX = "fmk_";

/** What a token of ours looks like: the prefix and 256 bits. */
export const TOKEN_FORM = /^fmk_[A-Za-z0-9_-]{43}$/;

/** Days after which a token ends, as offered; a year is the most. */
export const TOKEN_DAYS = [7, 30, 90, 365] as const;
