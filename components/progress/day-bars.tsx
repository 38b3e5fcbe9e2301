import { useId } from "react";
import { counted } from "@/lib/domain/wording";

const WIDTH = 316;
const HEIGHT = 84;
const TOP = 14;
const BOTTOM = 16;

/** Submissions of each day as bars; the table below the drawing holds the same. */
export function DayBars({ days }: { days: readonly { day: string; submitted: number }[] }) {
  const id = useId();
  const most = Math.max(1, ...days.map(({ submitted }) => submitted));
  const all = days.reduce((sum, { submitted }) => sum + submitted, 0);
  const step = WIDTH / Math.max(1, days.length);
  const height = (submitted: number) => (submitted / most) * (HEIGHT - TOP - BOTTOM);
  return (
    <figure>
      <svg
        role="img"
        aria-labelledby={`${id}-title ${id}-description`}
        width={WIDTH}
        height={HEIGHT}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="max-w-full"
      >
        <title id={`${id}-title`}>Submissions a day, last four weeks</title>
        <desc id={`${id}-description`}>
          {`${counted(all, "submission")} in ${days.length} days, ${most} on the busiest.`}
        </desc>
        <line
          x1={0}
          x2={WIDTH}
          y1={HEIGHT - BOTTOM}
          y2={HEIGHT - BOTTOM}
          className="stroke-line-strong"
        />
        <text x={0} y={10} className="fill-ink-soft text-[11px]">
          {most} a day
        </text>
        {days.map(({ day, submitted }, index) => (
          <rect
            key={day}
            x={index * step + 1}
            y={HEIGHT - BOTTOM - height(submitted)}
            width={step - 2}
            height={height(submitted)}
            className="fill-accent"
          />
        ))}
        <text x={0} y={HEIGHT - 3} className="fill-ink-soft text-[11px]">
          {days[0]?.day}
        </text>
        <text x={WIDTH} y={HEIGHT - 3} textAnchor="end" className="fill-ink-soft text-[11px]">
          today
        </text>
      </svg>
      <table className="sr-only">
        <caption>Submissions a day</caption>
        <tbody>
          {days
            .filter(({ submitted }) => submitted > 0)
            .map(({ day, submitted }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>{submitted}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </figure>
  );
}
