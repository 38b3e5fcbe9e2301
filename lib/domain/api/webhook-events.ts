/** What a webhook can be told of. */
export const WEBHOOK_EVENTS = [
  "submission.made",
  "adjudication.finished",
  "release.ready",
  "job.ended",
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** What each event means, in the words of the page. */
export const EVENT_WORDS: Record<WebhookEvent, string> = {
  "submission.made": "Somebody submitted a document",
  "adjudication.finished": "An adjudication was finished",
  "release.ready": "A release is ready",
  "job.ended": "A background job ended, well or not",
};

/** Seconds to wait after a try that failed, one after the other; then a delivery is given up. */
export const RETRY_AFTER = [10, 60, 300, 1_800, 7_200, 18_000, 43_200] as const;
