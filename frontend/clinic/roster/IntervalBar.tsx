import { intervalMarks, ratioPosition } from './intervalMarks';

const WIDTH = 128;
const HEIGHT = 20;
const MIDDLE = HEIGHT / 2;

interface Props {
  ratio: number | null;
  low: number | null;
  high: number | null;
  /** What an arrow at an end means. */
  beyond: string;
}

/** The interval first and the point second on a log axis: left of the middle line means fewer cramps. The numbers stand beside it. */
export function IntervalBar({ ratio, low, high, beyond }: Props) {
  const marks = intervalMarks(ratio, low, high, WIDTH);
  if (!marks) {
    return null;
  }
  return (
    <svg class="interval-bar" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {(marks.beyondLow || marks.beyondHigh) && <title>{beyond}</title>}
      <path class="axis" d={`M0 ${MIDDLE}H${WIDTH}`} />
      <path class="tick" d={`M${ratioPosition(0.5, WIDTH)} 6V14M${ratioPosition(2, WIDTH)} 6V14`} />
      <path class="same" d={`M${WIDTH / 2} 0V${HEIGHT}`} />
      <path class="interval" d={`M${marks.low} ${MIDDLE}H${marks.high}`} />
      {marks.beyondLow && <path class="beyond" d={`M5 ${MIDDLE - 5}L0 ${MIDDLE}L5 ${MIDDLE + 5}`} />}
      {marks.beyondHigh && <path class="beyond" d={`M${WIDTH - 5} ${MIDDLE - 5}L${WIDTH} ${MIDDLE}L${WIDTH - 5} ${MIDDLE + 5}`} />}
      <circle class="point" cx={marks.point} cy={MIDDLE} r="4" />
    </svg>
  );
}
