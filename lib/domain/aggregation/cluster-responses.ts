import { intAt } from "../agreement/columns";
import type { SpanDocument } from "../agreement/span-document";
import { compileResponses, type Response, type ResponseTable } from "./responses";
import type { SpanCluster } from "./span-clusters";

/** The label of a vote that a passage should not be marked. */
export const NOT_MARKED = "";

/**
 * Turns clusters into answers for Dawid-Skene or MACE: every cluster is a task, every submitter of its document answers it with
 * the label given or with {@link NOT_MARKED}. Workers are annotator numbers, labels are label numbers, both as text; tasks
 * are named `document id#place of the cluster`.
 */
export function clusterResponses(
  clustered: readonly {
    readonly document: SpanDocument;
    readonly clusters: readonly SpanCluster[];
  }[],
): ResponseTable {
  const responses: Response[] = [];
  for (const { document, clusters } of clustered) {
    clusters.forEach((cluster, place) => {
      for (let submitter = 0; submitter < document.submitters.length; submitter++) {
        const annotator = intAt(document.submitters, submitter);
        const vote = cluster.votes.find((own) => own.annotator === annotator);
        responses.push({
          worker: String(annotator),
          task: `${document.id}#${place}`,
          label: vote ? String(vote.label) : NOT_MARKED,
        });
      }
    });
  }
  return compileResponses(responses);
}
