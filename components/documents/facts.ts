/** What a form says of an article's source; an empty string says nothing. */
export type Facts = {
  title: string;
  outlet: string;
  author: string;
  publishedOn: string;
  url: string;
  country: string;
  section: string;
  licence: string;
};

/** The facts in the order of forms, with what is asked and an example. */
export const FACT_FIELDS: readonly {
  key: keyof Facts;
  label: string;
  example?: string;
  type?: "date" | "url";
}[] = [
  { key: "title", label: "Title" },
  { key: "outlet", label: "Outlet", example: "The Harbour Post" },
  { key: "author", label: "Author" },
  { key: "publishedOn", label: "Published on", type: "date" },
  { key: "url", label: "Address", type: "url", example: "https://" },
  { key: "country", label: "Country" },
  { key: "section", label: "Section", example: "World" },
  { key: "licence", label: "Licence", example: "CC BY 4.0" },
];
