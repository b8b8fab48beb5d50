/** Ratios at the two ends of the axis: an eighth and eight times as many. */
const AXIS_END = 8;

export interface IntervalMarks {
  low: number;
  high: number;
  point: number;
  /** The interval runs beyond the axis on this side and is drawn with an arrow. */
  beyondLow: boolean;
  beyondHigh: boolean;
}

/** Where a rate ratio lies on the log axis, 0 (left, fewer cramps) to `width`; 1 ('same') is the middle. */
export function ratioPosition(ratio: number, width: number): number {
  const share = 0.5 + Math.log(Math.max(ratio, Number.MIN_VALUE)) / (2 * Math.log(AXIS_END));
  return Math.round(Math.min(1, Math.max(0, share)) * width * 10) / 10;
}

/** The interval and its point in drawing units, or null while there is no comparison to show. */
export function intervalMarks(
  ratio: number | null,
  low: number | null,
  high: number | null,
  width: number,
): IntervalMarks | null {
  if (ratio === null || low === null || high === null) {
    return null;
  }
  return {
    low: ratioPosition(low, width),
    high: ratioPosition(high, width),
    point: ratioPosition(ratio, width),
    beyondLow: low < 1 / AXIS_END,
    beyondHigh: high > AXIS_END,
  };
}
