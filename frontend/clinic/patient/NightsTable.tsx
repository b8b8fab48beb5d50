import type { PlainDate } from '../../shared/nights';
import type { ClinicTexts } from '../../shared/texts/clinic/en';
import { formats } from '../formats';
import type { ClinicNight } from '../records';
import { texts } from '../texts';
import { crampMinutes, worstPain } from './nights';

interface Props {
  rows: readonly { date: PlainDate; night: ClinicNight | null }[];
}

/** Every night in words and numbers: 0 is "0", a night without an entry is "not recorded". */
export function NightsTable({ rows }: Props) {
  const words = texts.value.nights;
  const columns = [words.cramps, words.minutes, words.pain, words.day, words.nightWear, words.urge, words.remarks];
  return (
    <div class="scroll tall" role="region" aria-label={words.caption} tabIndex={0}>
      <table class="nights-table">
        <caption class="visually-hidden">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.night}</th>
            {columns.map((column) => <th key={column} scope="col">{column}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ date, night }) => (
            <tr key={date}>
              <th scope="row">{formats.value.night(date)}</th>
              {night ? <NightCells night={night} /> : <td colSpan={columns.length} class="missing">{words.missing}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NightCells({ night }: { night: ClinicNight }) {
  const words = texts.value.nights;
  const { number } = formats.value;
  const { total, complete } = crampMinutes(night);
  const pain = worstPain(night);
  const unknown = <span class="quiet">{words.unknown}</span>;
  const yesOrNo = (value: boolean | null) => (value === null ? unknown : value ? words.yes : words.no);
  const minutes = total === null ? unknown : complete ? number(total, 1) : words.atLeast(number(total, 1));
  return (
    <>
      <td class="number">{number(night.cramps.length)}</td>
      <td class="number">{minutes}</td>
      <td class="number">{pain === null ? unknown : number(pain)}</td>
      <td>{yesOrNo(night.stockings_day)}</td>
      <td>{yesOrNo(night.stockings_night)}</td>
      <td>{yesOrNo(night.rls_urge)}</td>
      <td class="remarks">{remarksOf(night, words, number)}</td>
    </>
  );
}

function remarksOf(night: ClinicNight, words: ClinicTexts['nights'], number: (value: number, decimals: number) => string): string {
  const remarks = [
    ...(night.late ? [words.late] : []),
    ...(night.day_wear_h === null ? [] : [words.hours(number(night.day_wear_h, 1))]),
    ...night.problems.map((problem) => words.problems[problem]),
    ...night.contributors.map((contributor) => words.contributors[contributor]),
    ...(night.note ? [`“${night.note}”`] : []),
  ];
  return remarks.join(' · ');
}
