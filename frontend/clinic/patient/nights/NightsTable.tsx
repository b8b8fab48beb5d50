import { symptoms as symptomNames } from '../../../shared/night-fields';
import type { ClinicTexts } from '../../../shared/texts/clinic/en';
import { formats } from '../../formats';
import type { ClinicNight, Panel, Trial } from '../../records';
import { patientTexts, texts } from '../../texts';
import { crampMinutes, wasAssigned, worstPain, type NightRow } from './nights';

interface Props {
  /** Newest first. */
  rows: readonly NightRow[];
  /** What the chart shows beside the cramps. */
  shown: readonly Panel[];
  trial: Trial | undefined;
}

interface Column {
  name: string;
  write: (night: ClinicNight) => string | null;
  isNumber?: boolean;
}

/** Every night in words and numbers: 0 is "0", a night without an entry is "not recorded". */
export function NightsTable({ rows, shown, trial }: Props) {
  const words = texts.value.nights;
  const columns = columnsOf(shown);
  const hasPlan = shown.includes('assigned');
  return (
    <div class="scroll tall" role="region" aria-label={words.caption} tabIndex={0}>
      <table class="nights-table">
        <caption class="visually-hidden">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.night}</th>
            {hasPlan && <th scope="col">{patientTexts.value.panels.assigned}</th>}
            {columns.map(({ name }) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ date, night }) => (
            <tr key={date}>
              <th scope="row">{formats.value.night(date)}</th>
              {hasPlan && <td>{assignedInWords(wasAssigned(trial, date))}</td>}
              {night
                ? columns.map((column) => <Cell key={column.name} column={column} night={night} />)
                : <td colSpan={columns.length} class="missing">{words.missing}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ column: { write, isNumber }, night }: { column: Column; night: ClinicNight }) {
  const told = write(night);
  return <td class={isNumber ? 'number' : undefined}>{told ?? <span class="quiet">{texts.value.nights.unknown}</span>}</td>;
}

function columnsOf(shown: readonly Panel[]): Column[] {
  const words = texts.value.nights;
  const { panels } = patientTexts.value;
  const { number } = formats.value;
  const yesOrNo = (value: boolean | null) => (value === null ? null : value ? words.yes : words.no);
  const count = (value: number | null) => (value === null ? null : number(value));
  const columns: [Panel, Column][] = [
    ['cramps', { name: words.cramps, write: ({ cramps }) => number(cramps.length), isNumber: true }],
    ['minutes', { name: words.minutes, write: minutesInWords, isNumber: true }],
    ['pain', { name: words.pain, write: (night) => count(worstPain(night)), isNumber: true }],
    ...symptomNames.map((name): [Panel, Column] => [name, { name: panels[name], write: ({ symptoms }) => count(symptoms[name]), isNumber: true }]),
    ['urge', { name: words.urge, write: (night) => yesOrNo(night.rls_urge) }],
    ['worn', { name: words.day, write: (night) => yesOrNo(night.stockings_day) }],
    ['worn', { name: words.nightWear, write: (night) => yesOrNo(night.stockings_night) }],
  ];
  const remarks: Column = { name: words.remarks, write: (night) => remarksOf(night, words) };
  return [...columns.flatMap(([panel, column]) => (panel === 'cramps' || shown.includes(panel) ? [column] : [])), remarks];
}

function assignedInWords(assigned: boolean | null): string {
  const { assignedOn, assignedOff, unassigned } = patientTexts.value.panels;
  return assigned === null ? unassigned : assigned ? assignedOn : assignedOff;
}

function minutesInWords(night: ClinicNight): string | null {
  const { total, complete } = crampMinutes(night);
  if (total === null) return null;
  const minutes = formats.value.number(total, 1);
  return complete ? minutes : texts.value.nights.atLeast(minutes);
}

function remarksOf(night: ClinicNight, words: ClinicTexts['nights']): string {
  const remarks = [
    ...(night.late ? [words.late] : []),
    ...(night.day_wear_h === null ? [] : [words.hours(formats.value.number(night.day_wear_h, 1))]),
    ...night.problems.map((problem) => words.problems[problem]),
    ...night.contributors.map((contributor) => words.contributors[contributor]),
    ...(night.note ? [`“${night.note}”`] : []),
  ];
  return remarks.join(' · ');
}
