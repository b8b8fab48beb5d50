import { formats } from '../../formats';
import type { Result } from '../../records';
import { texts } from '../../texts';

interface Row {
  name: string;
  estimate: string | null;
  uncertainty: string | null;
}

/** What else was compared beside the number of cramps; none of it raises a flag. */
export function SecondaryTable({ result }: { result: Result }) {
  const words = texts.value.patient.secondary;
  const rows = rowsOf(result);
  if (rows.every(({ estimate }) => estimate === null)) return null;
  const unknown = <span class="quiet">{words.unknown}</span>;
  return (
    <div class="estimates">
      <h3>{words.title}</h3>
      <div class="scroll" role="region" aria-label={words.title} tabIndex={0}>
        <table>
          <caption class="visually-hidden">{words.title}</caption>
          <thead>
            <tr>{[words.outcome, words.estimate, words.uncertainty].map((name) => <th key={name} scope="col">{name}</th>)}</tr>
          </thead>
          <tbody>
            {rows.map(({ name, estimate, uncertainty }) => (
              <tr key={name}><th scope="row">{name}</th><td>{estimate ?? unknown}</td><td>{uncertainty ?? unknown}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet small">{words.note}</p>
    </div>
  );
}

function rowsOf(result: Result): Row[] {
  const words = texts.value.patient.secondary;
  const { interval } = texts.value.roster;
  const { number, percent, ratio } = formats.value;
  const points = (share: number) => number(100 * share);
  const between = (low: number | null, high: number | null, write: (value: number) => string) =>
    low === null || high === null ? null : interval(write(low), write(high));
  const { pain_mean_on: on, pain_mean_off: off } = result;
  const meanOf = (pain: number | null) => (pain === null ? '–' : number(pain, 1));
  return [
    {
      name: words.cramp_free,
      estimate: result.cramp_free_diff === null ? null : words.points(points(result.cramp_free_diff)),
      uncertainty: between(result.cramp_free_low, result.cramp_free_high, points),
    },
    {
      name: words.minutes,
      estimate: result.minutes_ratio === null ? null : ratio(result.minutes_ratio),
      uncertainty: between(result.minutes_low, result.minutes_high, ratio),
    },
    ...(['cramps', 'pain'] as const).map((outcome) => {
      const [nap, error] = [result[`${outcome}_nap`], result[`${outcome}_se`]];
      return {
        name: words[outcome],
        estimate: nap === null ? null : words.ofPairs(percent(nap)),
        uncertainty: error === null ? null : words.standardError(percent(error)),
      };
    }),
    { name: words.mean, estimate: on === null && off === null ? null : words.ofTen(meanOf(on), meanOf(off)), uncertainty: '' },
  ];
}
