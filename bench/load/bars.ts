/** Bars that were set beforehand; printed as met or not, whatever came out. */
export class Bars {
  private missed = 0;

  check(
    what: string,
    { value, below, unit = "ms" }: { value: number; below: number; unit?: string },
  ) {
    const isMet = value < below;
    if (!isMet) this.missed++;
    const shown = value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en");
    console.log(
      `  ${isMet ? "met    " : "NOT MET"} ${what}: ${shown} ${unit}, bar ${below.toLocaleString("en")}`,
    );
  }

  /** What must not happen at all. */
  none(what: string, problems: readonly string[]) {
    if (problems.length > 0) this.missed++;
    const found = problems.length === 0 ? "none" : problems.join("; ");
    console.log(`  ${problems.length === 0 ? "met    " : "NOT MET"} ${what}: ${found}`);
  }

  sum(): void {
    console.log(this.missed === 0 ? "\nAll bars are met." : `\n${this.missed} bars are not met.`);
  }
}
