import { useMemo } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { PatientRow, State } from '../records';
import { texts } from '../texts';
import { shortcuts, switchShortcuts } from './keys';
import { countStates, firstDirection, STATES_BY_USE, type SortKey } from './order';
import { filter, narrow, order, showsQ, sortBy, switchQ } from './roster';

interface Props {
  patients: readonly PatientRow[];
  search: RefObject<HTMLInputElement | null>;
}

/** Search, order and state: what decides which rows are on screen. */
export function Filters({ patients, search }: Props) {
  const words = texts.value.roster;
  const sorts = (Object.entries(words.sorts) as [SortKey, string][]).filter(([key]) => key !== 'q' || showsQ.value);
  return (
    <div class="filters" role="search">
      <label class="search">
        <span class="visually-hidden">{words.search}</span>
        <input
          ref={search}
          type="search"
          placeholder={words.search}
          aria-keyshortcuts={shortcuts.value ? '/' : undefined}
          value={filter.value.query}
          onInput={(event) => narrow({ query: event.currentTarget.value })}
        />
      </label>
      <label class="sort">
        <span>{words.sortBy}</span>
        <select value={order.value.key} onChange={(event) => sortBy(firstDirection(event.currentTarget.value as SortKey))}>
          {sorts.map(([key, name]) => <option key={key} value={key}>{name}</option>)}
        </select>
      </label>
      <label class="switch">
        <input type="checkbox" checked={showsQ.value} aria-describedby={showsQ.value ? 'about-q' : undefined} onChange={(event) => switchQ(event.currentTarget.checked)} />
        {words.qValues}
      </label>
      <Shortcuts />
      <StateFilter patients={patients} />
      {showsQ.value && <p id="about-q" class="about-q small quiet">{words.aboutQ(patients.filter(({ q_value: q }) => q !== null).length)}</p>}
    </div>
  );
}

function StateFilter({ patients }: Pick<Props, 'patients'>) {
  const words = texts.value;
  const counts = useMemo(() => countStates(patients), [patients]);
  const choices: { state: State | 'all'; name: string; count: number }[] = [
    { state: 'all', name: words.roster.all, count: patients.length },
    ...STATES_BY_USE.map((state) => ({ state, name: words.states[state], count: counts.get(state) ?? 0 })),
  ];
  return (
    <div class="chips" role="group" aria-label={words.roster.states}>
      {choices.filter(({ count }) => count > 0).map(({ state, name, count }) => (
        <button
          key={state}
          type="button"
          class="chip"
          aria-pressed={filter.value.state === state}
          onClick={() => narrow({ state })}
        >
          {name} <span class="chip-count">{count}</span>
        </button>
      ))}
    </div>
  );
}

function Shortcuts() {
  const { keys, shortcuts: name } = texts.value.roster;
  return (
    <div class="shortcuts">
      <label class="switch">
        <input type="checkbox" checked={shortcuts.value} onChange={(event) => switchShortcuts(event.currentTarget.checked)} />
        {name}
      </label>
      {shortcuts.value && <span><kbd>/</kbd> {keys.search} <kbd>j</kbd> <kbd>k</kbd> {keys.move} <kbd>Enter</kbd> {keys.open}</span>}
    </div>
  );
}
