import type { Arms, Result } from '../../../shared/api/types';
import { dayName } from '../../../shared/nights';
import { localeOf } from '../../../shared/preferences';
import { language, resultTexts } from '../../texts';

type Column = { name: string; arms: Arms };

/** The nights behind a result, counted as planned and as worn, side by side. */
export function Behind({ result, recorded }: { result: Result; recorded: number }) {
  const t = resultTexts.value;
  const hasPlan = result.wear !== null;
  const columns: Column[] = [{ name: hasPlan || !result.as_worn ? t.asPlanned : t.asWorn, arms: result }];
  if (hasPlan && result.as_worn) columns.push({ name: t.asWorn, arms: result.as_worn });
  return (
    <section class="card">
      <h2>{t.behind}</h2>
      <p>{t.recorded(recorded)} {t.span(day(result.first_night), day(result.last_night))}</p>
      <p>{t.tested[result.exposure]}{columns.length > 1 && <> {t.bothWays}</>}</p>
      <table class="counts">
        {columns.length > 1 && <thead><tr><td />{columns.map(({ name }) => <th key={name} scope="col">{name}</th>)}</tr></thead>}
        <tbody>
          {rows().map(({ name, write }) => {
            const cells = columns.map(({ arms }) => write(arms));
            return cells.some((cell) => cell !== null) && <tr key={name}><th scope="row">{name}</th>{cells.map((cell, n) => <td key={n}>{cell ?? '–'}</td>)}</tr>;
          })}
        </tbody>
      </table>
    </section>
  );
}

const day = (date: string) => dayName(date, language.value);

function rows(): { name: string; write: (arms: Arms) => string | null }[] {
  const { rows: names, ofTen, fromTo } = resultTexts.value;
  const number = new Intl.NumberFormat(localeOf(language.value), { maximumFractionDigits: 1 });
  const perWeek = (rate: number | null) => (rate === null ? null : number.format(7 * rate));
  return [
    { name: names.nightsOn, write: ({ nights_on }) => number.format(nights_on) },
    { name: names.nightsOff, write: ({ nights_off }) => number.format(nights_off) },
    { name: names.crampsOn, write: ({ cramps_on }) => number.format(cramps_on) },
    { name: names.crampsOff, write: ({ cramps_off }) => number.format(cramps_off) },
    { name: names.weekOn, write: ({ rate_on }) => perWeek(rate_on) },
    { name: names.weekOff, write: ({ rate_off }) => perWeek(rate_off) },
    { name: names.ofTen, write: ({ rate_ratio }) => (rate_ratio === null ? null : ofTen(rate_ratio)) },
    { name: names.range, write: ({ ci_low, ci_high }) => (ci_low === null || ci_high === null ? null : fromTo(ci_low, ci_high)) },
  ];
}
