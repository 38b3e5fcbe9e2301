import type { ReactNode } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { languageName } from "@/lib/domain/languages";
import type { Facets } from "@/lib/services/document-search";
import { type Filters, filterHref, isNarrowed } from "./filters";

const BOX =
  "h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-[13px] placeholder:text-ink-faint";

/** Search and filters of the list of documents. All of it is in the address, so that it can be sent on. */
export function FilterForm({
  base,
  filters,
  facets,
  events,
}: {
  base: string;
  filters: Filters;
  facets: Facets;
  events: { eventId: string; name: string }[];
}) {
  return (
    <search className="mb-3 block">
      <form
        action={base}
        className="grid grid-cols-2 gap-2 sm:grid-cols-4 lg:grid-cols-[minmax(14rem,2fr)_repeat(7,minmax(0,1fr))_auto]"
      >
        <Labelled label="Search" className="col-span-2 lg:col-span-1">
          <input
            type="search"
            name="search"
            placeholder="Words, “a phrase”, -not"
            defaultValue={filters.search}
            maxLength={200}
            className={BOX}
          />
        </Labelled>
        <Choice
          label="Outlet"
          name="outlet"
          value={filters.outlet}
          choices={facets.outlets.map((outlet) => [outlet, outlet])}
        />
        <Choice
          label="Event"
          name="event"
          value={filters.event}
          choices={[
            ["none", "No event"],
            ...events.map(({ eventId, name }): [string, string] => [eventId, name]),
          ]}
        />
        <Choice
          label="Language"
          name="language"
          value={filters.language}
          choices={facets.languages.map((tag) => [tag, languageName(tag)])}
        />
        <Labelled label="From">
          <input type="date" name="from" defaultValue={filters.from} className={BOX} />
        </Labelled>
        <Labelled label="To">
          <input type="date" name="to" defaultValue={filters.to} className={BOX} />
        </Labelled>
        <Choice
          label="Work"
          name="work"
          value={filters.work}
          choices={[
            ["unassigned", "Not assigned"],
            ["open", "In work"],
            ["submitted", "All submitted"],
          ]}
        />
        <Choice
          label="Reprints"
          name="grouping"
          value={filters.grouping}
          choices={[
            ["annotated", "Without reprints"],
            ["chosen", "Has reprints"],
            ["linked", "Only reprints"],
          ]}
        />
        {filters.state === "" ? null : <input type="hidden" name="state" value={filters.state} />}
        {filters.sort === "" ? null : <input type="hidden" name="sort" value={filters.sort} />}
        <div className="col-span-2 flex items-end gap-1 sm:col-span-4 lg:col-span-1">
          <Button type="submit" size="small" className="h-8">
            Apply
          </Button>
          {isNarrowed({ ...filters, state: "" }) ? (
            <ButtonLink
              size="small"
              tone="quiet"
              className="h-8"
              href={filterHref(base, EMPTY, { state: filters.state, sort: filters.sort })}
            >
              Clear
            </ButtonLink>
          ) : null}
        </div>
      </form>
    </search>
  );
}

const EMPTY: Filters = {
  search: "",
  state: "",
  outlet: "",
  language: "",
  from: "",
  to: "",
  event: "",
  work: "",
  grouping: "",
  sort: "",
};

function Labelled({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={`flex min-w-0 flex-col gap-0.5 text-xs text-ink-soft ${className ?? ""}`}>
      {label}
      {children}
    </label>
  );
}

function Choice({
  label,
  name,
  value,
  choices,
}: {
  label: string;
  name: string;
  value: string;
  choices: [string, string][];
}) {
  const isListed = value === "" || choices.some(([key]) => key === value);
  return (
    <Labelled label={label}>
      <select name={name} defaultValue={value} className={BOX}>
        <option value="">All</option>
        {isListed ? null : <option value={value}>{value}</option>}
        {choices.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  );
}
