import { deviationOf, meanOf } from "./columns";
import type { Interval } from "./jackknife";
import { type Measured, measured, reasonInWords, undefinedBecause } from "./measured";
import type { Figure, PairMean, ReportInterval } from "./report-types";

/** A measure as a report carries it: a bare value, or the reason with its words. */
export function figureOf(measure: Measured): Figure {
  return measure.value === null
    ? { value: null, reason: measure.reason, because: reasonInWords(measure.reason) }
    : { value: measure.value };
}

/** An interval as a report carries it. */
export function intervalOf(interval: Interval): ReportInterval {
  return "reason" in interval
    ? { low: null, reason: interval.reason, because: reasonInWords(interval.reason) }
    : { ...interval, method: "jackknife" };
}

/** The plain mean over the pairs that have a value. */
export function pairMeanOf(measures: readonly Measured[]): PairMean {
  const values = definedValues(measures);
  return {
    ...figureOf(meanMeasure(measures)),
    pairs: values.length,
    deviation: deviationOf(values),
  };
}

/** The mean of the values there are; without any, the reason that most of them give first. */
export function meanMeasure(measures: readonly Measured[]): Measured {
  const mean = meanOf(definedValues(measures));
  if (mean !== null) return measured(mean);
  const reasons = measures.flatMap((measure) => (measure.value === null ? [measure.reason] : []));
  return undefinedBecause(reasons[0] ?? "no_pairable");
}

function definedValues(measures: readonly Measured[]): number[] {
  return measures.flatMap((measure) => (measure.value === null ? [] : [measure.value]));
}
