// @vitest-environment happy-dom
import { render } from 'preact';
import { beforeAll, expect, test } from 'vitest';
import { aClinicNight } from '../../../test/clinic';
import { aCramp } from '../../../test/nights';
import { aTrial } from '../../../test/trials';
import { loadPatientTexts, loadTexts } from '../../texts';
import { CalendarTable } from './CalendarTable';
import { everyNight } from './nights';
import { NightsTable } from './NightsTable';

const rows = everyNight(
  [
    aClinicNight('2026-11-01', { stockings_day: true, stockings_night: false }),
    aClinicNight('2026-11-03', { cramps: [aCramp('a', { duration_min: 4 }), aCramp('b')], late: true, note: 'Long drive' }),
  ],
  '2026-11-01',
  '2026-11-03',
);

function cellsOf(table: preact.JSX.Element): string[][] {
  const place = document.createElement('div');
  render(table, place);
  return [...place.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent.trim()));
}

beforeAll(() => Promise.all([loadTexts(), loadPatientTexts()]));

test('a night without cramps shows 0 and a night without an entry says so', () => {
  const [newest, gap, oldest] = cellsOf(<NightsTable rows={rows} shown={['minutes', 'pain', 'worn', 'urge']} trial={undefined} />);
  expect(newest).toEqual(['Tue Nov 3 → Wed 4', '2', 'at least 4', 'not stated', 'not stated', 'not stated', 'not stated', 'recorded late · “Long drive”']);
  expect(gap).toEqual(['Mon Nov 2 → Tue 3', 'not recorded']);
  expect(oldest).toEqual(['Sun Nov 1 → Mon 2', '0', '0', '0', 'not stated', 'yes', 'no', '']);
});

test('the table shows what the chart shows, and what was assigned also of nights that were not recorded', () => {
  const trial = aTrial({ start_date: '2026-11-02', block_nights: 1, blocks: [1, 0] });
  const [newest, gap, oldest] = cellsOf(<NightsTable rows={rows} shown={['aching', 'assigned']} trial={trial} />);
  expect(newest).toEqual(['Tue Nov 3 → Wed 4', 'none', '2', 'not stated', 'recorded late · “Long drive”']);
  expect(gap).toEqual(['Mon Nov 2 → Tue 3', 'stockings', 'not recorded']);
  expect(oldest?.slice(0, 3)).toEqual(['Sun Nov 1 → Mon 2', 'no plan', '0']);
});

test('the calendar keeps 0, not recorded and not in the diary apart', () => {
  const [thisWeek, weekBefore] = cellsOf(<CalendarTable rows={rows} exposure="any" />);
  expect(thisWeek).toEqual(['Nov 2', 'not recorded', '2', '', '', '', '', '']);
  expect(weekBefore).toEqual(['Oct 26', '', '', '', '', '', '', '0 on']);
});
