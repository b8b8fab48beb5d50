import type { Result } from '../../shared/api/types';
import { resultTexts } from '../texts';
import { axisPosition, beyondAxis } from './ratio-axis';

const width = 320;
const [left, right] = [24, 296];
const x = (ratio: number) => left + axisPosition(ratio) * (right - left);
const line = 46;

/** The interval first and the point second, on an axis in words. */
export function IntervalPicture({ ratio, low, high }: { ratio: number; low: number; high: number }) {
  const t = resultTexts.value;
  const ticks = [[0.5, t.axis.half], [1, t.axis.same], [2, t.axis.double]] as const;
  return (
    <figure class="interval-picture">
      <svg viewBox={`0 0 ${width} 84`} role="img" aria-label={`${t.ratio(ratio)}. ${t.interval(low, high)}`}>
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
  );
}

/** A result whose ratio and interval are there to show. */
export function hasEstimate(result: Result): result is Result & { rate_ratio: number; ci_low: number; ci_high: number } {
  return result.rate_ratio !== null && result.ci_low !== null && result.ci_high !== null;
}
