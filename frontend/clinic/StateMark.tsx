import type { State } from './records';
import { texts } from './texts';

/** One shape a state: down is fewer cramps, up is more; filled is flagged, dashed is a hint whose cause is unclear. */
const SHAPES: Record<State, { path: string; kind: 'filled' | 'dashed' | 'line' | 'dotted' }> = {
  help: { path: 'M1.5 3h13L8 14z', kind: 'filled' },
  fewer_unclear: { path: 'M1.5 3h13L8 14z', kind: 'dashed' },
  worse: { path: 'M1.5 13h13L8 2z', kind: 'filled' },
  more_unclear: { path: 'M1.5 13h13L8 2z', kind: 'dashed' },
  no_clear_difference: { path: 'M2 6h12M2 10.5h12', kind: 'line' },
  running: { path: 'M8 2a6 6 0 1 0 6 6M8 4.5V8h3.5', kind: 'line' },
  insufficient: { path: 'M8 2a6 6 0 1 0 .01 0z', kind: 'dotted' },
};

/** A state in words with its mark. */
export function StateMark({ state }: { state: State }) {
  const { path, kind } = SHAPES[state];
  return (
    <span class="state" data-state={state}>
      <svg class={`state-mark ${kind}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={path} />
      </svg>
      {texts.value.states[state].name}
    </span>
  );
}
