import type { Result } from '../../../shared/api/types';
import { resultTexts } from '../../texts';

/** Secondary outcomes, folded: none of them changes the verdict. */
export function Others({ result }: { result: Result }) {
  const t = resultTexts.value;
  const lines = linesOf(result);
  if (lines.length === 0) return null;
  return (
    <details class="card">
      <summary><h2>{t.moreTitle}</h2></summary>
      <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
      <p class="hint">{t.moreNote}</p>
    </details>
  );
}

function linesOf(result: Result): string[] {
  const t = resultTexts.value;
  const { cramp_free_diff: free, cramp_free_low, cramp_free_high, minutes_ratio: minutes, minutes_low, minutes_high } = result;
  const { pain_mean_on, pain_mean_off } = result;
  const lines: string[] = [];
  if (free !== null && cramp_free_low !== null && cramp_free_high !== null) lines.push(`${t.freeNights(free)} ${t.freeRange(cramp_free_low, cramp_free_high)}`);
  if (minutes !== null && minutes_low !== null && minutes_high !== null) lines.push(`${t.minutes(minutes)} ${t.interval(minutes_low, minutes_high)}`);
  if (pain_mean_on !== null && pain_mean_off !== null) lines.push(t.pain(pain_mean_on, pain_mean_off));
  return lines;
}
