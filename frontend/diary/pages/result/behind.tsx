import type { Arms, Result } from '../../../shared/api/types';
import { localeOf } from '../../../shared/preferences';
import { wornApart } from '../../../shared/story';
import { language, resultTexts } from '../../texts';

/** One way to count the nights. */
interface Column {
  name: string;
  arms: Arms;
}

interface Group {
  name: string;
  /** What a column says in each row; null where it has nothing to say. */
  rows: [string, (arms: Arms) => string | null][];
}

/** The nights behind a result; as planned and as worn stand side by side where they are not the same. */
export function Behind({ result, recorded }: { result: Result; recorded: number }) {
  const t = resultTexts.value;
  const planned = result.wear !== null;
  const apart = planned ? wornApart(result) : null;
  const columns: Column[] = [{ name: planned ? t.asPlanned : t.asWorn, arms: result }];
  if (apart && result.as_worn) columns.push({ name: t.asWorn, arms: result.as_worn });
  return (
    <section class="card">
      <h2>{t.behind}</h2>
      <p>{t.recorded(recorded)} {t.span(rangeOf(result))}</p>
      <p>{t.tested[result.exposure]}{planned && result.as_worn && <> {apart ? t.bothWays(apart) : t.oneWay}</>}</p>
      <table class="counts">
        {columns.length > 1 && <thead><tr><td />{columns.map(({ name }) => <th key={name} scope="col">{name}</th>)}</tr></thead>}
        {groupsOf(result).map((group) => <GroupRows key={group.name} group={group} columns={columns} />)}
      </table>
    </section>
  );
}

function GroupRows({ group, columns }: { group: Group; columns: Column[] }) {
  const rows = group.rows.map(([name, write]) => [name, columns.map(({ arms }) => write(arms))] as const);
  const told = rows.filter(([, cells]) => cells.some((cell) => cell !== null));
  if (told.length === 0) return null;
  return (
    <tbody>
      <tr><th scope="rowgroup" colSpan={columns.length + 1}>{group.name}</th></tr>
      {told.map(([name, cells]) => <tr key={name}><th scope="row">{name}</th>{cells.map((cell, n) => <td key={n}>{cell ?? '–'}</td>)}</tr>)}
    </tbody>
  );
}

function groupsOf({ state }: Result): Group[] {
  const { rows: names, ofTen, between } = resultTexts.value;
  const format = new Intl.NumberFormat(localeOf(language.value), { maximumFractionDigits: 1 });
  const number = (value: number) => format.format(value);
  const weekly = (rate: number | null) => (rate === null ? null : number(7 * rate));
  // Whoever sees how a trial goes may begin to record its arms differently, and no test survives that.
  const cramps = (count: number) => (state === 'running' ? null : number(count));
  return [
    { name: names.on, rows: [[names.nights, (arms) => number(arms.nights_on)], [names.cramps, (arms) => cramps(arms.cramps_on)], [names.week, (arms) => weekly(arms.rate_on)]] },
    { name: names.off, rows: [[names.nights, (arms) => number(arms.nights_off)], [names.cramps, (arms) => cramps(arms.cramps_off)], [names.week, (arms) => weekly(arms.rate_off)]] },
    {
      name: names.both,
      rows: [
        [names.ofTen, ({ rate_ratio }) => (rate_ratio === null ? null : ofTen(rate_ratio))],
        [names.range, ({ ci_low, ci_high }) => (ci_low === null || ci_high === null ? null : between(ci_low, ci_high))],
      ],
    },
  ];
}

function rangeOf({ first_night, last_night }: Result): string {
  const at = (date: string) => new Date(`${date}T12:00:00Z`);
  return new Intl.DateTimeFormat(localeOf(language.value), { dateStyle: 'long', timeZone: 'UTC' }).formatRange(at(first_night), at(last_night));
}
