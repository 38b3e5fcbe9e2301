import Link from "next/link";
import { GroupLinks } from "@/components/admin/group-links";
import { JobActs } from "@/components/admin/job-acts";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { ago } from "@/lib/domain/ago";
import { unwrap } from "@/lib/server/unwrap";
import { type AdministeredJob, JOB_GROUPS, listAllJobs } from "@/lib/services/operations";

export const metadata = { title: "Jobs" };

const TONES = {
  waiting: "plain",
  running: "accent",
  done: "good",
  failed: "bad",
  cancelled: "plain",
} as const;

export default async function JobsPage({
  searchParams,
}: {
  searchParams: Promise<{ group?: string | string[] }>;
}) {
  const { group: asked } = await searchParams;
  const group = JOB_GROUPS.find((each) => each === asked) ?? "open";
  const { jobs, counts } = unwrap(await listAllJobs({ group }));
  const now = new Date();
  const names = {
    open: `Open (${counts.waiting + counts.running})`,
    failed: `Failed (${counts.failed})`,
    all: "All",
  };
  return (
    <main>
      <PageHeader title="Jobs">
        Work in the background: imports, releases, agreement. A job whose worker died is taken up
        again by itself.
      </PageHeader>
      <div className="mb-3">
        <GroupLinks
          label="Which jobs"
          present={group}
          groups={JOB_GROUPS.map((key) => ({
            key,
            name: names[key],
            href: key === "open" ? "/admin/jobs" : `/admin/jobs?group=${key}`,
          }))}
        />
      </div>
      {jobs.length === 0 ? (
        <EmptyState title={group === "failed" ? "Nothing failed" : "Nothing to do"}>
          {group === "failed"
            ? "Jobs that failed stand here until they were tried again."
            : "Jobs that wait or run stand here while they do."}
        </EmptyState>
      ) : (
        <Table
          label="Jobs"
          head={
            <>
              <HeadCell>Job</HeadCell>
              <HeadCell>Project</HeadCell>
              <HeadCell>State</HeadCell>
              <HeadCell className="text-end">Progress</HeadCell>
              <HeadCell>Asked for</HeadCell>
              <HeadCell>
                <span className="sr-only">Acts</span>
              </HeadCell>
            </>
          }
        >
          {jobs.map((job) => (
            <Row key={job.jobId} job={job} now={now} />
          ))}
        </Table>
      )}
    </main>
  );
}

function Row({ job, now }: { job: AdministeredJob; now: Date }) {
  return (
    <tr>
      <Cell className="min-w-40 font-mono text-[13px]">{job.kind}</Cell>
      <Cell>
        <Link href={`/projects/${job.projectId}`} className="hover:underline">
          <bdi>{job.project}</bdi>
        </Link>
      </Cell>
      <Cell>
        <Badge tone={TONES[job.state]}>{job.state}</Badge>
        {job.problem === null ? null : (
          <p className="mt-1 max-w-md text-[13px] text-ink-soft">{job.problem}</p>
        )}
      </Cell>
      <Cell className="whitespace-nowrap text-end tabular-nums">
        {job.total === null ? job.done : `${job.done} of ${job.total}`}
      </Cell>
      <Cell className="whitespace-nowrap text-ink-soft">
        {ago(new Date(job.createdAt), now)}
        {job.requestedBy === null ? null : (
          <span className="block text-[13px]">
            by <bdi>{job.requestedBy}</bdi>
          </span>
        )}
      </Cell>
      <Cell className="text-end">
        <JobActs projectId={job.projectId} jobId={job.jobId} state={job.state} />
      </Cell>
    </tr>
  );
}
