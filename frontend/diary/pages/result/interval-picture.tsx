import type { Result } from '../../../shared/api/types';
import { resultTexts } from '../../texts';
import { axisPosition, beyondAxis } from './ratio-axis';

const width = 320;
const [left, right] = [24, 296];
const x = (ratio: number) => left + axisPosition(ratio) * (right - left);
const line = 46;

/** A result whose ratio and interval are there to show. */
export type Estimated = Result & { rate_ratio: number; ci_low: number; ci_high: number };

/** Whether the ratio and its interval are there to show. */
export function hasEstimate(result: Result): result is Estimated {
  return result.rate_ratio !== null && result.ci_low !== null && result.ci_high !== null;
}

/** The interval first and the point second, on an axis in words; what leaves the picture is told below it. */
export function IntervalPicture({ result: { rate_ratio: ratio, ci_low: low, ci_high: high } }: { result: Estimated }) {
  const t = resultTexts.value;
  const ticks = [[0.5, t.axis.half], [1, t.axis.same], [2, t.axis.double]] as const;
  return (
    <>
      <figure class="interval-picture">
        <svg viewBox={`0 0 ${width} 66`} role="img" aria-label={`${t.interval(low, high)} ${t.ratio(ratio)}`}>
          <line class="axis" x1={left} x2={right} y1={line} y2={line} />
          {ticks.map(([value]) => <line key={value} class={value === 1 ? 'tick tick-same' : 'tick'} x1={x(value)} x2={x(value)} y1={line - 26} y2={line + 14} />)}
          <line class="interval" x1={x(low)} x2={x(high)} y1={line} y2={line} />
          {beyondAxis(low) && <path class="goes-on" d={`M${left - 4} ${line - 9} l-10 9 l10 9`} />}
          {beyondAxis(high) && <path class="goes-on" d={`M${right + 4} ${line - 9} l10 9 l-10 9`} />}
          <circle class="point" cx={x(ratio)} cy={line} r="5" />
        </svg>
        <div class="axis-words" aria-hidden="true">
          {ticks.map(([value, label]) => <span key={value}>{label}</span>)}
        </div>
        <figcaption class="hint" aria-hidden="true"><span>← {t.axisFewer}</span><span>{t.axisMore} →</span></figcaption>
      </figure>
      {beyondAxis(low) && <p>{t.beyond.low(low)}</p>}
      {beyondAxis(high) && <p>{t.beyond.high(high)}</p>}
    </>
  );
}

/** The same numbers in a table. */
export function IntervalTable({ result }: { result: Estimated }) {
  const t = resultTexts.value;
  const rows = [[t.tableRange, result.ci_low], [t.tablePoint, result.rate_ratio], [t.tableRangeHigh, result.ci_high]] as const;
  return (
    <details class="as-table">
      <summary><span>{t.asTable}</span></summary>
      <table class="counts">
        <thead><tr><td /><th scope="col">{t.tableChange}</th></tr></thead>
        <tbody>{rows.map(([name, ratio]) => <tr key={name}><th scope="row">{name}</th><td>{t.change(ratio)}</td></tr>)}</tbody>
      </table>
    </details>
  );
}
