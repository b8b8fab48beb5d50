import { texts } from '../texts';
import { sparklineMarks } from './sparklineMarks';

/** What the small marks of a row mean, and what speaks against the veins wherever a row shows a sign of help. */
export function Legend() {
  const { roster: words, against, noStudy } = texts.value;
  const entries: { name: string; value: number | null; kind: 'cramps' | 'none' | 'gaps' }[] = [
    { name: words.legendCramps, value: 4, kind: 'cramps' },
    { name: words.legendNone, value: 0, kind: 'none' },
    { name: words.legendGap, value: null, kind: 'gaps' },
  ];
  return (
    <>
      <ul class="legend" aria-label={words.legend}>
        {entries.map(({ name, value, kind }) => (
          <li key={name}>
            <svg class="sparkline" viewBox="0 0 9.6 20" width="9.6" height="20" aria-hidden="true">
              <path class={`mark-${kind}`} d={sparklineMarks([value, value, value], 99, { nights: 3, pitch: 3.2, height: 20 })[kind]} />
            </svg>
            {name}
          </li>
        ))}
        <li>
          <svg class="interval-bar" viewBox="0 0 14 20" width="14" height="20" aria-hidden="true"><path class="interval" d="M0 10H13" /><path class="beyond" d="M8 5L13 10L8 15" /></svg>
          {words.beyond}
        </li>
      </ul>
      <p class="small">{against} {noStudy}</p>
    </>
  );
}
