import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Panel } from '../../records';
import { texts } from '../../texts';
import { Chart, type ChartName } from './Chart';
import { ChartLegend } from './ChartLegend';
import { Choice } from '../Choice';
import type { Stretch } from './drawing';
import { patientFigure } from './figures';

interface Props {
  id: string;
  chart: Exclude<ChartName, 'overview'>;
  title: string;
  /** The panels of a timeline; another list is another figure. */
  show?: Panel[];
  stretch?: Stretch | undefined;
  /** Choices of what chart and table show, beside the title. */
  range?: ComponentChildren;
  /** More of them, in a row of their own. */
  toggles?: ComponentChildren;
  /** The same nights as a table. */
  children: ComponentChildren;
}

/** A chart and its table, one tap apart. The chart stays drawn while the table is read. */
export function ChartPanel({ id, chart, title, show, stretch, range, toggles, children }: Props) {
  const asTable = useSignal(false);
  const read = useMemo(() => patientFigure(id, chart, show), [id, chart, show]);
  const words = texts.value.charts;
  return (
    <section class="panel chart-panel" id={chart} aria-labelledby={`${chart}-title`}>
      <div class="chart-head">
        <h2 id={`${chart}-title`}>{title}</h2>
        {range}
        <Choice
          label={words.show}
          names={['chart', 'table'] as const}
          nameOf={(name) => words[name]}
          isChosen={(name) => (name === 'table') === asTable.value}
          choose={(name) => (asTable.value = name === 'table')}
        />
      </div>
      {toggles}
      <div hidden={asTable.value}>
        <Chart chart={chart} read={read} stretch={stretch} />
        <ChartLegend hasUrge={show?.includes('urge') ?? false} />
      </div>
      {asTable.value && children}
    </section>
  );
}
