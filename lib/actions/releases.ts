"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as jobs from "@/lib/services/jobs";
import * as releases from "@/lib/services/releases";

export async function previewRelease(input: Parameters<typeof releases.previewRelease>[0]) {
  return releases.previewRelease(input);
}

export async function createRelease(input: Parameters<typeof releases.createRelease>[0]) {
  return releases.createRelease(input);
}

export async function followReleaseJob(input: { projectId: string; jobId: string }) {
  return jobs.openJob(input);
}

export async function retryReleaseJob(input: { projectId: string; jobId: string }) {
  return shown(await jobs.retryJob(input));
}
