import { wornApart } from '../../../shared/story';
import type { ClinicTexts } from '../../../shared/texts/clinic/en';
import { formats } from '../../formats';
import type { Estimate, Result, Trial } from '../../records';
import { texts } from '../../texts';

const NIGHTS_A_WEEK = 7;

/** The figures behind the comparison; as worn stands beside as assigned where it is another estimate. */
export function EstimatesTable({ result, trial }: { result: Result; trial: Trial | undefined }) {
  const words = texts.value.patient.table;
  const hasSchedule = trial !== undefined && trial.design !== 'observational';
  const apart = hasSchedule ? wornApart(result) : null;
  const columns = columnsOf(result, hasSchedule, apart !== null, words);
  const unknown = result.state === 'running' ? words.hidden : words.none;
  return (
    <div class="estimates">
      <div class="scroll" role="region" aria-label={words.caption} tabIndex={0}>
        <table>
          <caption class="visually-hidden">{words.caption}</caption>
          <thead>
            <tr>
              <td />
              {columns.map(({ name }) => <th key={name} scope="col">{name}</th>)}
            </tr>
          </thead>
          <tbody>
            {ROWS.map(({ row, write }) => (
              <tr key={row}>
                <th scope="row">{words[row]}</th>
                {columns.map(({ name, estimate }) => <td key={name}>{write(estimate) ?? <span class="quiet">{unknown}</span>}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet small">
        {apart && <>{words.note} {words.two(apart.otherwise, apart.unknown)} </>}
        {!apart && hasSchedule && result.as_worn && `${words.one} `}
        {result.adherence !== null && words.adherence(formats.value.percent(result.adherence))}{' '}
        {result.wear_changes !== null && words.changes(result.wear_changes)}
      </p>
    </div>
  );
}

function columnsOf(result: Result, hasSchedule: boolean, apart: boolean, words: ClinicTexts['patient']['table']) {
  const planned = apart || !result.as_worn ? words.assigned : words.both;
  const columns: { name: string; estimate: Estimate }[] = [{ name: hasSchedule ? planned : words.worn, estimate: result }];
  if (apart && result.as_worn) columns.push({ name: words.worn, estimate: result.as_worn });
  if (result.washout_sensitivity?.rate_ratio != null) columns.push({ name: words.settled, estimate: result.washout_sensitivity });
  return columns;
}

const ROWS: { row: 'nights' | 'cramps' | 'rates' | 'ratio' | 'interval'; write: (estimate: Estimate) => string | null }[] = [
  { row: 'nights', write: ({ nights_on, nights_off }) => `${formats.value.number(nights_on)} / ${formats.value.number(nights_off)}` },
  { row: 'cramps', write: ({ cramps_on, cramps_off }) => `${formats.value.number(cramps_on)} / ${formats.value.number(cramps_off)}` },
  { row: 'rates', write: ({ rate_on, rate_off }) => (rate_on === null && rate_off === null ? null : `${weekly(rate_on)} / ${weekly(rate_off)}`) },
  { row: 'ratio', write: ({ rate_ratio }) => (rate_ratio === null ? null : formats.value.ratio(rate_ratio)) },
  { row: 'interval', write: ({ ci_low, ci_high }) => (ci_low === null || ci_high === null ? null : texts.value.roster.interval(formats.value.ratio(ci_low), formats.value.ratio(ci_high))) },
];

function weekly(rate: number | null): string {
  return rate === null ? '–' : formats.value.rate(rate * NIGHTS_A_WEEK);
}
