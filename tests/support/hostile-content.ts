/** Markup that would show itself: it sets `__xss`, or leaves elements that no page of ours has. */
export const MARKUP =
  `"><img src=x onerror=__xss=1><svg onload=__xss=1></svg></script><script>__xss=1</script>` +
  `[a](javascript:__xss=1) {{__xss=1}}`;

/** Names of columns that hold words of people, in whatever table. */
export const TEXT_COLUMNS = [
  "name",
  "title",
  "description",
  "definition",
  "body",
  "note",
  "reason",
  "outlet",
  "author",
  "section",
  "country",
  "licence",
  "problem",
  "user_agent",
  "skip_reason",
  "message",
  "help",
  "question",
  "notes",
];

/** Fields of a codebook for words; the others are keys, kinds and numbers. */
const WORDS =
  /^(name|title|definition|description|guidelines?|help|question|example|text|note|intro)$/i;

/** A codebook with the markup in every field for words. */
export function hostileContent(value: unknown, field = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => hostileContent(each, field));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, hostileContent(each, name)]),
    );
  }
  if (typeof value !== "string" || !WORDS.test(field)) return value;
  // Names have a longest length.
  return field === "name"
    ? `${value.slice(0, 20)} "><img src=x onerror=__xss=1>`
    : `${value} ${MARKUP}`;
}
