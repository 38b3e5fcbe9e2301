import type { Figure, ReportInterval } from "@/lib/domain/agreement/report-types";

/** A measure with two decimals and a true minus; more would promise too much. */
export function formatMeasure(value: number): string {
  const rounded = value.toFixed(2);
  return rounded === "-0.00" ? "0.00" : rounded.replace("-", "−");
}

/** A number of a table of numbers: whole as it is, else with three decimals and a true minus. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3).replace("-", "−");
}

/** A difference with its sign. */
export function formatChange(value: number): string {
  const words = formatMeasure(value);
  return value > 0 && words !== "0.00" ? `+${words}` : words;
}

/** A share from 0 to 1 as percent, with one decimal below ten. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** An interval as "0.40 to 0.63", or null where there is none. */
export function formatInterval(interval: ReportInterval): string | null {
  return interval.low === null
    ? null
    : `${formatMeasure(interval.low)} to ${formatMeasure(interval.high)}`;
}

/** A number of things with its noun. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** The different reasons for missing values among figures, in their order: letters a, b ... below a table. */
export function reasonsOf(figures: readonly Figure[]): string[] {
  const reasons = figures.flatMap((figure) => (figure.value === null ? [figure.because] : []));
  return [...new Set(reasons)];
}

/** The letter of a reason in its list. */
export function letterOf(because: string, reasons: readonly string[]): string {
  return String.fromCharCode("a".charCodeAt(0) + Math.max(0, reasons.indexOf(because)));
}
