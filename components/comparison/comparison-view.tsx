import { ComparedText } from "@/components/ui/compared-text/compared-text";
import { shortNames } from "@/components/ui/compared-text/short-names";
import { Section } from "@/components/ui/page";
import { hull, quoteOf, type SetComment } from "@/lib/domain/annotation/state";
import type { Codebook } from "@/lib/domain/codebook/language";
import { labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { type Cluster, isDispute } from "@/lib/domain/comparison/clusters";
import type { Range } from "@/lib/domain/text/offsets";
import type { BlockRole } from "@/lib/domain/text/roles";
import { ClusterList } from "./cluster-list";
import { CommentList } from "./comment-list";
import { DocumentAnswers } from "./document-answers";
import { FilterBar } from "./filter-bar";
import { type ComparisonFilter, comparisonHref, FilterLink } from "./filters";

type Props = {
  projectId: string;
  filter: ComparisonFilter;
  document: {
    documentId: string;
    text: string;
    language: string;
    blocks: readonly (Range & { role: BlockRole })[];
  };
  codebook: Codebook;
  annotators: Parameters<typeof FilterBar>[0]["annotators"];
  clusters: readonly Cluster[];
  layers: Parameters<typeof DocumentAnswers>[0]["layers"];
  comments: readonly (SetComment & { annotatorId: string })[];
};

/** One document with the marks of its annotators, and what they differ on beside it. */
export function ComparisonView(props: Props) {
  const { projectId, filter, document, codebook, annotators, clusters } = props;
  const looks = labelLooks(codebook);
  const names = new Map(annotators.map(({ id, name }) => [id, name]));
  const labels = labelNames(codebook);
  const shown = annotators.filter(({ isShown }) => isShown);
  const spans = clusters.flatMap((cluster) => cluster.spans);
  const listed = filter.show === "all" ? clusters : clusters.filter(isDispute);
  const disputes = clusters.filter(isDispute).length;
  const href = (show: ComparisonFilter["show"]) =>
    comparisonHref(projectId, document.documentId, { ...filter, show });
  return (
    <>
      <FilterBar
        projectId={projectId}
        documentId={document.documentId}
        filter={filter}
        annotators={annotators}
        layers={codebook.layers.filter(({ level }) => level === "span")}
        looks={looks}
      />
      <div className="mb-8 grid gap-6 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div>
          <p className="mb-3 text-[13px] text-ink-soft">
            Under the words one row per annotator, from above:{" "}
            {shown.map(({ name }) => name).join(", ")}. A gap in a row: not marked.{" "}
            <a href="#disputes" className="text-accent underline lg:hidden">
              To the disputes
            </a>
          </p>
          <ComparedText
            text={document.text}
            language={document.language}
            blocks={document.blocks}
            annotators={shown.map(({ id }) => ({
              annotatorId: id,
              spans: spans.filter((each) => each.annotatorId === id).map(({ span }) => span),
            }))}
            names={shortNames(annotators)}
            looks={looks}
            labelName={(span) => labels.get(lookKey(span.layer, span.label)) ?? span.label}
          />
        </div>
        <aside id="disputes" aria-label="Disputes" className="lg:sticky lg:top-16 lg:self-start">
          <div className="mb-2 flex flex-wrap items-center gap-1.5">
            <h2 className="mr-auto text-[15px] font-semibold">
              {filter.show === "all" ? "Everything marked" : "Disputes"}
            </h2>
            <FilterLink href={href("disputes")} isOn={filter.show === "disputes"}>
              Disputes {disputes}
            </FilterLink>
            <FilterLink href={href("all")} isOn={filter.show === "all"}>
              All {clusters.length}
            </FilterLink>
          </div>
          <div className="rounded-md border border-line bg-surface lg:max-h-[calc(100vh-8rem)] lg:overflow-y-auto">
            {listed.length > 0 ? (
              <ClusterList
                clusters={listed}
                names={names}
                labels={labels}
                looks={looks}
                discussHref={({ start, end }) =>
                  `/projects/${projectId}/discussions/new?${new URLSearchParams({
                    documentId: document.documentId,
                    start: String(start),
                    end: String(end),
                  })}`
                }
              />
            ) : (
              <p className="px-3 py-4 text-sm text-ink-soft">
                {clusters.length > 0
                  ? "No dispute: all agree on what is marked."
                  : "Nothing is marked."}
              </p>
            )}
          </div>
        </aside>
      </div>
      <Section title="The document as a whole">
        <DocumentAnswers layers={props.layers} annotators={shown} />
      </Section>
      {props.comments.length > 0 ? (
        <Section title="Comments">
          <CommentList
            comments={props.comments.map((comment) => shownComment(comment, spans, names))}
          />
        </Section>
      ) : null}
    </>
  );
}

function labelNames({ layers }: Codebook): Map<string, string> {
  return new Map(
    layers.flatMap((layer) =>
      layer.labels.map(({ key, name }): [string, string] => [lookKey(layer.key, key), name]),
    ),
  );
}

function shownComment(
  { id, annotatorId, spanId, body }: Props["comments"][number],
  spans: Cluster["spans"],
  names: ReadonlyMap<string, string>,
) {
  const span = spans.find((each) => each.span.id === spanId)?.span;
  const about = span === undefined ? null : { quote: quoteOf(span), start: hull(span).start };
  return { id, name: names.get(annotatorId) ?? "", about, body };
}
