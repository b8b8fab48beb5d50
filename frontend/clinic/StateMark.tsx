import { storyOfResult, type Story } from '../shared/story';
import type { PatientRow } from './records';
import { texts } from './texts';

/**
 * One shape a story: down is fewer cramps, up is more; filled is flagged by a trial, hollow with a dot by a diary without
 * a plan, dashed is a hint whose cause is unclear.
 */
const SHAPES: Record<Story, { path: string; kind: 'filled' | 'dashed' | 'line' | 'dotted' }> = {
  help: { path: 'M1.5 3h13L8 14z', kind: 'filled' },
  help_unplanned: { path: 'M1.5 3h13L8 14zM6.8 6.2h2.4L8 8.2z', kind: 'line' },
  fewer_unclear: { path: 'M1.5 3h13L8 14z', kind: 'dashed' },
  worse: { path: 'M1.5 13h13L8 2z', kind: 'filled' },
  worse_unplanned: { path: 'M1.5 13h13L8 2zM6.8 9.8h2.4L8 7.8z', kind: 'line' },
  more_unclear: { path: 'M1.5 13h13L8 2z', kind: 'dashed' },
  no_clear_difference: { path: 'M2 8h3M7 8h2M11 8h3M8 3v2M8 11v2', kind: 'line' },
  much_alike: { path: 'M2 6h12M2 10.5h12', kind: 'line' },
  running: { path: 'M8 2a6 6 0 1 0 6 6M8 4.5V8h3.5', kind: 'line' },
  insufficient: { path: 'M8 2a6 6 0 1 0 .01 0z', kind: 'dotted' },
};

/** A result's headline with its mark. */
export function StateMark({ result }: { result: Pick<PatientRow, 'state' | 'grade' | 'ci_low' | 'ci_high'> }) {
  const story = storyOfResult(result);
  const { path, kind } = SHAPES[story];
  return (
    <span class="state" data-story={story}>
      <svg class={`state-mark ${kind}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={path} />
      </svg>
      {texts.value.stories[story]}
    </span>
  );
}
