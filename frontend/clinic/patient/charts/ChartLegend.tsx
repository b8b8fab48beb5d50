import type { JSX } from 'preact';
import { patientTexts, texts } from '../../texts';

const MARKS = [
  { name: 'cramps', draw: <circle class="mark-cramps-fill" cx="8" cy="8" r="5.5" /> },
  { name: 'none', draw: <circle class="mark-none" cx="8" cy="8" r="3" /> },
  { name: 'gap', draw: <path class="mark-gaps" d="M2 8h0M6 8h0M10 8h0M14 8h0" /> },
  { name: 'on', draw: <rect class="mark-on" x="1" y="2" width="14" height="12" /> },
  { name: 'off', draw: <rect class="mark-off" x="1" y="2" width="14" height="12" /> },
] as const;

/** What the marks of timeline and calendar mean, in words; `hasUrge` where the urge to move has a band. */
export function ChartLegend({ hasUrge }: { hasUrge: boolean }) {
  const { legend, legendLabel } = texts.value.charts;
  return (
    <ul class="legend" aria-label={legendLabel}>
      {MARKS.map(({ name, draw }) => <Mark key={name} draw={draw} name={legend[name]} />)}
      {hasUrge && <Mark draw={<rect class="mark-urge" x="1" y="2" width="14" height="12" />} name={patientTexts.value.panels.urgeMark} />}
    </ul>
  );
}

function Mark({ draw, name }: { draw: JSX.Element; name: string }) {
  return (
    <li>
      <svg class="mark" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{draw}</svg>
      {name}
    </li>
  );
}
