"use client";
import { act } from "@/components/ui/act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { revertMigration } from "@/lib/actions/codebooks";
import { counted } from "@/lib/domain/wording";
import type { ListedMigration } from "@/lib/services/codebook-migrations";
import { MigrationCourse } from "./migration-course";

const STATES: Record<ListedMigration["state"], string> = {
  running: "running",
  applied: "done",
  reverting: "being taken back",
  reverted: "taken back",
};

/** Moves of annotations from one version to another; each can be taken back. */
export function MigrationList({
  projectId,
  migrations,
}: {
  projectId: string;
  migrations: readonly ListedMigration[];
}) {
  return (
    <Table
      label="Migrations"
      head={
        <>
          <HeadCell>To version</HeadCell>
          <HeadCell>What</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell>
            <span className="sr-only">Take back</span>
          </HeadCell>
        </>
      }
    >
      {migrations.map((migration) => (
        <tr key={migration.migrationId}>
          <Cell>{migration.toVersion}</Cell>
          <Cell>
            {counted(migration.changed, "annotation")} in {counted(migration.sets, "set")},{" "}
            {migration.scope === "open" ? "open work" : "open and submitted work"}, on{" "}
            {migration.madeOn}
            {migration.madeBy === null ? "" : ` by ${migration.madeBy}`}
            {migration.remaining > 0
              ? `; ${counted(migration.remaining, "annotation")} left for people`
              : ""}
          </Cell>
          <Cell>
            <Badge tone={migration.state === "applied" ? "good" : "plain"}>
              {STATES[migration.state]}
            </Badge>
            <MigrationCourse projectId={projectId} migration={migration} />
          </Cell>
          <Cell className="text-right">
            {migration.state === "applied" ? (
              <Button
                size="small"
                onClick={() =>
                  void act(
                    () => revertMigration({ projectId, migrationId: migration.migrationId }),
                    { message: "The annotations go back to what they were before." },
                  )
                }
              >
                Take it back
              </Button>
            ) : null}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
