import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { PlainDate } from '../../shared/nights';
import { texts } from '../texts';
import { Chart, type ChartName } from './Chart';
import { ChartLegend } from './ChartLegend';
import { patientFigure } from './figures';

const RANGES = { weeks4: 28, weeks8: 56, all: 'all' } as const;
type RangeName = keyof typeof RANGES;
const RANGE_NAMES: readonly RangeName[] = ['weeks4', 'weeks8', 'all'];

interface Props {
  id: string;
  chart: Exclude<ChartName, 'overview'>;
  title: string;
  /** The last night of a timeline, whose stretch can be chosen. */
  lastNight?: PlainDate | undefined;
  /** The same nights as a table. */
  children: ComponentChildren;
}

/** A chart and its table, one tap apart. The chart stays drawn while the table is read. */
export function ChartPanel({ id, chart, title, lastNight, children }: Props) {
  const asTable = useSignal(false);
  const range = useSignal<RangeName>('all');
  const read = useMemo(() => patientFigure(id, chart), [id, chart]);
  const words = texts.value.charts;
  const nights = RANGES[range.value];
  const stretch = lastNight && nights !== 'all' ? { last: lastNight, nights } : undefined;
  const heading = `chart-${chart}`;
  return (
    <section class="chart-panel" aria-labelledby={heading}>
      <div class="chart-head">
        <h2 id={heading}>{title}</h2>
        {lastNight && !asTable.value && (
          <Choice label={words.range} names={RANGE_NAMES} nameOf={(name) => words.ranges[name]} chosen={range.value} choose={(name) => (range.value = name)} />
        )}
        <Choice
          label={words.show}
          names={['chart', 'table'] as const}
          nameOf={(name) => words[name]}
          chosen={asTable.value ? 'table' : 'chart'}
          choose={(name) => (asTable.value = name === 'table')}
        />
      </div>
      <div hidden={asTable.value}>
        <Chart chart={chart} read={read} stretch={stretch} />
        <ChartLegend />
      </div>
      {asTable.value && children}
    </section>
  );
}

interface ChoiceProps<Name extends string> {
  label: string;
  names: readonly Name[];
  nameOf: (name: Name) => string;
  chosen: Name;
  choose: (name: Name) => void;
}

function Choice<Name extends string>({ label, names, nameOf, chosen, choose }: ChoiceProps<Name>) {
  return (
    <div class="choice" role="group" aria-label={label}>
      {names.map((name) => (
        <button key={name} type="button" class="chip" aria-pressed={name === chosen} onClick={() => choose(name)}>{nameOf(name)}</button>
      ))}
    </div>
  );
}
