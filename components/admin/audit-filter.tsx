import { Button, ButtonLink } from "@/components/ui/button";
import { Select, TextField } from "@/components/ui/field";

/** Narrows the log down. It is a plain form: the filter stands in the address. */
export function AuditFilter({
  filter,
  actions,
  projects,
}: {
  filter: Record<string, string>;
  actions: readonly string[];
  projects: readonly { projectId: string; name: string }[];
}) {
  const groups = [...new Set(actions.map((action) => action.replace(/\..*/, ".")))];
  return (
    <form
      method="get"
      action="/admin/audit"
      className="mb-4 grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_auto_auto_auto]"
    >
      <Select label="What" name="action" defaultValue={filter.action ?? ""}>
        <option value="">anything</option>
        {groups.map((group) => (
          <optgroup key={group} label={group.slice(0, -1)}>
            <option value={group}>all of {group.slice(0, -1)}</option>
            {actions
              .filter((action) => action.startsWith(group))
              .map((action) => (
                <option key={action}>{action}</option>
              ))}
          </optgroup>
        ))}
      </Select>
      <TextField
        label="Who"
        name="actor"
        maxLength={200}
        defaultValue={filter.actor}
        placeholder="Name or e-mail"
      />
      <Select label="Project" name="projectId" defaultValue={filter.projectId ?? ""}>
        <option value="">all, and the site</option>
        {projects.map(({ projectId, name }) => (
          <option key={projectId} value={projectId}>
            {name}
          </option>
        ))}
      </Select>
      <TextField label="From" name="from" type="date" defaultValue={filter.from} />
      <TextField label="To" name="to" type="date" defaultValue={filter.to} />
      <div className="flex gap-2">
        <Button type="submit">Show</Button>
        <ButtonLink href="/admin/audit" tone="quiet">
          All
        </ButtonLink>
      </div>
    </form>
  );
}
