/** The ends of the ratio axis: a quarter and four times as many. */
const limit = 4;

/** Where a rate ratio stands on the axis, 0 left (a quarter or fewer) to 1 right (four times or more). */
export function axisPosition(ratio: number): number {
  const position = (Math.log(ratio) / Math.log(limit) + 1) / 2;
  return Math.min(1, Math.max(0, position));
}

/** Whether an end of the interval lies beyond the axis, so that it must be drawn as going on. */
export function beyondAxis(ratio: number): boolean {
  return ratio < 1 / limit || ratio > limit;
}
