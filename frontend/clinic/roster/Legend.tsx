import { texts } from '../texts';
import { sparklineMarks } from './sparklineMarks';

/** What the small marks of a row mean. */
export function Legend() {
  const words = texts.value.roster;
  const entries: { name: string; value: number | null; kind: 'cramps' | 'none' | 'gaps' }[] = [
    { name: words.legendCramps, value: 4, kind: 'cramps' },
    { name: words.legendNone, value: 0, kind: 'none' },
    { name: words.legendGap, value: null, kind: 'gaps' },
  ];
  return (
    <ul class="legend" aria-label={words.legend}>
      {entries.map(({ name, value, kind }) => (
        <li key={name}>
          <svg class="sparkline" viewBox="0 0 9.6 20" width="9.6" height="20" aria-hidden="true">
            <path class={`mark-${kind}`} d={sparklineMarks([value, value, value], 99, { nights: 3, pitch: 3.2, height: 20 })[kind]} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
