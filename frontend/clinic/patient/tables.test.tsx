// @vitest-environment happy-dom
import { render } from 'preact';
import { beforeAll, expect, test } from 'vitest';
import { aClinicNight } from '../../test/clinic';
import { aCramp } from '../../test/nights';
import { loadTexts } from '../texts';
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

beforeAll(() => loadTexts());

test('a night without cramps shows 0 and a night without an entry says so', () => {
  const [newest, gap, oldest] = cellsOf(<NightsTable rows={rows} />);
  expect(newest).toEqual(['Tue 3 → Wed 4 Nov', '2', 'at least 4', 'not stated', 'not stated', 'not stated', 'not stated', 'recorded late · “Long drive”']);
  expect(gap).toEqual(['Mon 2 → Tue 3 Nov', 'not recorded']);
  expect(oldest).toEqual(['Sun 1 → Mon 2 Nov', '0', '0', '0', 'yes', 'no', 'not stated', '']);
});

test('the calendar keeps 0, not recorded and not in the diary apart', () => {
  const [thisWeek, weekBefore] = cellsOf(<CalendarTable rows={rows} exposure="any" />);
  expect(thisWeek).toEqual(['Nov 2', 'not recorded', '2', '', '', '', '', '']);
  expect(weekBefore).toEqual(['Oct 26', '', '', '', '', '', '', '0 on']);
});
