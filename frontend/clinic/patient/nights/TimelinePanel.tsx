import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Panel, Trial } from '../../records';
import { patientTexts, texts } from '../../texts';
import { ChartPanel } from '../charts/ChartPanel';
import { Choice } from '../Choice';
import { toldPanels, type NightRow } from './nights';
import { NightsTable } from './NightsTable';

const RANGES = { weeks4: 28, weeks8: 56, weeks12: 84, all: Infinity } as const;
type RangeName = keyof typeof RANGES;
const RANGE_NAMES: readonly RangeName[] = ['weeks4', 'weeks8', 'weeks12', 'all'];
const USUAL: readonly Panel[] = ['minutes', 'worn', 'assigned'];

interface Props {
  id: string;
  /** Every night, newest first. */
  rows: readonly NightRow[];
  trial: Trial | undefined;
}

/** The nights one by one: which stretch, and what beside the cramps, is up to the reader. */
export function TimelinePanel({ id, rows, trial }: Props) {
  const range = useSignal<RangeName>('all');
  const offered = useMemo(() => toldPanels(rows, trial), [rows, trial]);
  const shown = useSignal<readonly Panel[]>(USUAL.filter((panel) => offered.includes(panel)));
  const show = useMemo((): Panel[] => ['cramps', ...shown.value], [shown.value]);
  const words = texts.value.charts;
  const nights = RANGES[range.value];
  const toggle = (panel: Panel) => {
    shown.value = offered.filter((each) => (each === panel) !== shown.value.includes(each));
  };
  return (
    <ChartPanel
      id={id}
      chart="timeline"
      title={words.timeline}
      show={show}
      stretch={nights === Infinity ? undefined : { last: rows[0]!.date, nights }}
      range={<Choice label={words.range} names={RANGE_NAMES} nameOf={(name) => words.ranges[name]} isChosen={(name) => name === range.value} choose={(name) => (range.value = name)} />}
      toggles={<Choice label={patientTexts.value.panels.label} names={offered} nameOf={panelName} isChosen={(panel) => shown.value.includes(panel)} choose={toggle} />}
    >
      <NightsTable rows={rows.slice(0, nights)} shown={shown.value} trial={trial} />
    </ChartPanel>
  );
}

function panelName(panel: Panel): string {
  return panel === 'cramps' ? texts.value.nights.cramps : patientTexts.value.panels[panel];
}
