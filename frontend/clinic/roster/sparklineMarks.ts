export interface SparklineMarks {
  /** One path each, so that a thousand rows stay cheap to draw. */
  cramps: string;
  none: string;
  gaps: string;
  counts: { cramps: number; none: number; missing: number };
}

export interface SparklineSize {
  nights: number;
  pitch: number;
  height: number;
}

export const SPARKLINE: SparklineSize = { nights: 60, pitch: 3.2, height: 30 };

/** Cramps a night at which a mark has its full height; taller nights look alike, their number stands on the patient page. */
const FULL_MARK = 5;
const RING_RADIUS = 1.2;

/**
 * The marks of the last nights, oldest on the left. `values` holds cramps a night, 0 for a night recorded without
 * cramps and null for one that was not recorded. Gaps before the first recorded night are left blank when `recorded`
 * (nights recorded in all) shows that the diary began within these nights.
 */
export function sparklineMarks(
  values: readonly (number | null)[],
  recorded: number,
  { nights, pitch, height }: SparklineSize = SPARKLINE,
): SparklineMarks {
  const shown = values.slice(-nights);
  const first = shown.findIndex((value) => value !== null);
  const inView = shown.filter((value) => value !== null).length;
  const begins = recorded <= inView ? (first < 0 ? shown.length : first) : 0;
  const base = height - 3;
  const marks = { cramps: '', none: '', gaps: '' };
  const counts = { cramps: 0, none: 0, missing: 0 };
  shown.forEach((value, index) => {
    const x = round((nights - shown.length + index + 0.5) * pitch);
    if (value === null) {
      if (index >= begins) {
        counts.missing += 1;
        marks.gaps += `M${x} ${base}h0`;
      }
    } else if (value === 0) {
      counts.none += 1;
      marks.none += ring(x, base);
    } else {
      counts.cramps += 1;
      marks.cramps += `M${x} ${base + 1.5}V${round(base + 1.5 - markHeight(value, base))}`;
    }
  });
  return { ...marks, counts };
}

function markHeight(cramps: number, base: number): number {
  const lowest = 7;
  const share = (Math.min(cramps, FULL_MARK) - 1) / (FULL_MARK - 1);
  return round(lowest + share * (base - lowest));
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}

function ring(x: number, y: number): string {
  const r = RING_RADIUS;
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}
