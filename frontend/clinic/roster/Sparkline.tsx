import { SPARKLINE, sparklineMarks } from './sparklineMarks';

interface Props {
  values: readonly (number | null)[];
  recorded: number;
  label: (counts: { cramps: number; none: number; missing: number }) => string;
}

/** The last nights as small marks: cramps, none, not recorded. */
export function Sparkline({ values, recorded, label }: Props) {
  const { nights, pitch, height } = SPARKLINE;
  const marks = sparklineMarks(values, recorded);
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${nights * pitch} ${height}`}
      width={nights * pitch}
      height={height}
      role="img"
      aria-label={label(marks.counts)}
    >
      <path class="mark-gaps" d={marks.gaps} />
      <path class="mark-none" d={marks.none} />
      <path class="mark-cramps" d={marks.cramps} />
    </svg>
  );
}
